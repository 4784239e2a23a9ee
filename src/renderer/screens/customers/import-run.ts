import { create } from 'zustand';
import type { ImportRow } from './customers-data.ts';

/** Rows the back end takes at once. */
export const ROWS_A_PAGE = 500;

export interface ImportTotals {
  readonly created: number;
  readonly updated: number;
  readonly skipped: number;
  readonly failed: number;
}

/** An import on its way. It goes on while the person looks at another screen. */
export interface ImportRun {
  readonly phase: 'idle' | 'running' | 'done' | 'stopped' | 'failed';
  readonly total: number;
  readonly sent: number;
  readonly startedAtMs: number;
  readonly totals: ImportTotals;
}

const NO_TOTALS: ImportTotals = { created: 0, updated: 0, skipped: 0, failed: 0 };
const IDLE: ImportRun = { phase: 'idle', total: 0, sent: 0, startedAtMs: 0, totals: NO_TOTALS };

export const useImportRun = create<ImportRun>()(() => IDLE);

export function startRun(total: number, atMs: number): void {
  useImportRun.setState({ phase: 'running', total, sent: 0, startedAtMs: atMs, totals: NO_TOTALS });
}

export function addPage(rows: number, added: ImportTotals): void {
  useImportRun.setState(({ sent, totals }) => ({
    sent: sent + rows,
    totals: {
      created: totals.created + added.created,
      updated: totals.updated + added.updated,
      skipped: totals.skipped + added.skipped,
      failed: totals.failed + added.failed,
    },
  }));
}

export function endRun(phase: 'done' | 'stopped' | 'failed'): void {
  useImportRun.setState({ phase });
}

/** Stops after the page that is on its way; what was imported stays. */
export function stopRun(): void {
  if (useImportRun.getState().phase === 'running') useImportRun.setState({ phase: 'stopped' });
}

export function forgetRun(): void {
  useImportRun.setState(IDLE);
}

/** Cuts rows into pages that the back end takes at once. */
export function pagesOf<T>(rows: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(rows.length / size) }, (_, page) => rows.slice(page * size, (page + 1) * size));
}

/** Whole seconds still to go at the pace so far; null before there is a pace. */
export function secondsLeft(run: ImportRun, nowMs: number): number | null {
  if (run.sent === 0 || run.phase !== 'running') return null;
  return Math.ceil((((nowMs - run.startedAtMs) / run.sent) * (run.total - run.sent)) / 1000);
}

/** The rows that would be written. */
export function importable(rows: readonly ImportRow[]): ImportRow[] {
  return rows.filter((row) => row.action === 'create' || row.action === 'update');
}
