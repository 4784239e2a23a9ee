import { homedir } from 'node:os';
import { join } from 'node:path';

/** What a host is told from outside. */
export interface HostSettings {
  /** Folder that holds the shop's database; the host is its only owner while it runs. */
  readonly dataFolder: string;
  /** True when an empty data folder is to be filled with the sample shop. */
  readonly isDemo: boolean;
  /** Port asked for, or null when the host may choose. Only the web host listens. */
  readonly port: number | null;
  /** SQLite driver for runtimes older than Node-API 10, or null where the driver's own file fits. */
  readonly nativeBinding: string | null;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the settings that `scripts/start.mjs` passes on, and fills in the defaults.
 * A packaged app (`resourcesFolder` given) takes its SQLite driver from itself, never from the environment.
 */
export function readHostSettings(env: Environment, resourcesFolder: string | null): HostSettings {
  const isDemo = env.REGULARS_DEMO === '1';
  const needsBinding = Number(process.versions.napi) < 10;
  const packedBinding = resourcesFolder === null ? null : join(resourcesFolder, 'native', 'better_sqlite3-napi8.node');
  return {
    dataFolder: env.REGULARS_DATA ?? join(applicationFolder(process.platform, env), isDemo ? 'demo' : 'shop'),
    isDemo,
    port: env.REGULARS_PORT === undefined ? null : Number(env.REGULARS_PORT),
    nativeBinding: needsBinding ? (packedBinding ?? env.REGULARS_SQLITE_ADDON ?? null) : null,
  };
}

/** The folder where this platform keeps an application's data. Both hosts use the same one, so both see the same shop. */
function applicationFolder(platform: NodeJS.Platform, env: Environment): string {
  const home = homedir();
  if (platform === 'win32') return join(env.APPDATA ?? join(home, 'AppData', 'Roaming'), 'Regulars');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Regulars');
  return join(env.XDG_DATA_HOME ?? join(home, '.local', 'share'), 'regulars');
}
