import { ensureBuild } from '../../../scripts/launch/build.mjs';

/** Builds what is tested, when a source is newer than the last build. Playwright wants a default export. */
// biome-ignore lint/style/noDefaultExport: a global set-up is taken from the default export.
export default async function buildFirst(): Promise<void> {
  await ensureBuild();
}
