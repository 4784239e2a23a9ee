import { createContext, use, useCallback, useRef, useState } from 'react';
import type { Refusal, RefusalFacts } from '#shop/refusal.ts';
import type { Permission } from '#shop/staff/permissions.ts';

/** What a command needs from the frame: ids, the lock screen, the manager PIN sheet. */
export interface CommandHost {
  newOperationId(): string;
  /** 'sign-in-required' or 'locked' came back: show the sign-in or lock screen; the screen's draft stays. */
  onSessionLost(reason: 'sign-in-required' | 'locked'): void;
  /** Opens the manager PIN sheet in place; answers with an override for one use, or null when given up. */
  requestOverride(permission: Permission): Promise<string | null>;
}

export const CommandContext = createContext<CommandHost | null>(null);

export interface Issue {
  readonly path: string;
  readonly code: string;
}

/** The disk is full or broken: nothing of the command was kept. */
export type DiskFault = 'disk-full' | 'disk-broken';

export type CommandResult<Output> =
  | { readonly kind: 'done'; readonly value: Output }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'invalid'; readonly issues: readonly Issue[] }
  /** `errorCode` to quote; null when no answer came at all, then the same operation may be run again. */
  | { readonly kind: 'failed'; readonly errorCode: string | null; readonly fault?: DiskFault }
  /** The same command is still running: a second press does nothing. */
  | { readonly kind: 'ignored' };

interface Procedure<Input, Output> {
  mutate(command: { operationId: string; input: Input }): Promise<Output>;
}

export interface Command<Input, Output> {
  run(input: Input): Promise<CommandResult<Output>>;
  readonly isRunning: boolean;
}

const RETRY_AFTER_MS = [250, 1000] as const;

/** Refusals that a manager can lift on the spot, with the permission the override must name. */
const OVERRIDE_FOR: Partial<Record<Refusal['reason'], Permission>> = {
  'discount-over-limit': 'discount.over-limit',
  'undo-too-late': 'points.undo-late',
  'scan-risk': 'scan.risky',
  'voucher-own': 'vouchers.own',
};

interface WireError {
  readonly refusal?: { readonly reason: Refusal['reason']; readonly facts?: RefusalFacts };
  readonly issues?: readonly Issue[];
  readonly errorCode?: string;
  readonly fault?: DiskFault;
}

/** Reads an error of the back end as a result; null when the back end never answered. */
export function resultOfError(error: unknown): Exclude<CommandResult<never>, { kind: 'done' | 'ignored' }> | null {
  const data = (error as { data?: WireError | null } | null)?.data;
  if (data === undefined || data === null) return null;
  if (data.refusal !== undefined) {
    return {
      kind: 'refused',
      refusal: { kind: 'refused', reason: data.refusal.reason, facts: data.refusal.facts ?? {} },
    };
  }
  if (data.issues !== undefined) return { kind: 'invalid', issues: data.issues };
  const errorCode = data.errorCode ?? null;
  return data.fault === undefined ? { kind: 'failed', errorCode } : { kind: 'failed', errorCode, fault: data.fault };
}

/** The permission a manager's PIN would lend for this refusal, or null. */
export function overrideOf(refusal: Refusal): Permission | null {
  if (refusal.facts.overridable !== true) return null;
  if (refusal.reason === 'not-permitted') return (refusal.facts.permission as Permission | undefined) ?? null;
  return OVERRIDE_FOR[refusal.reason] ?? null;
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Sends a command once, trying again with the same id while no answer comes. */
export async function sendCommand<Input, Output>(
  procedure: Procedure<Input, Output>,
  operationId: string,
  input: Input,
): Promise<CommandResult<Output>> {
  for (const pauseMs of [...RETRY_AFTER_MS, null]) {
    try {
      return { kind: 'done', value: await procedure.mutate({ operationId, input }) };
    } catch (error) {
      const result = resultOfError(error);
      if (result !== null) return result;
      if (pauseMs === null) break;
      await wait(pauseMs);
    }
  }
  return { kind: 'failed', errorCode: null };
}

const MOST_OVERRIDES = 4;

/** Sends the command; as long as it wants a manager for one thing more, asks for that PIN and sends it anew with all of them. */
async function withApprovals<Input, Output>(
  input: Input,
  once: (input: Input) => Promise<CommandResult<Output>>,
  host: CommandHost,
): Promise<CommandResult<Output>> {
  const asked = new Set<Permission>();
  const overrideIds: string[] = [...((input as { overrideIds?: readonly string[] }).overrideIds ?? [])];
  for (let result = await once(input); ; result = await once({ ...input, overrideIds: [...overrideIds] })) {
    if (result.kind !== 'refused') return result;
    const { reason } = result.refusal;
    if (reason === 'sign-in-required' || reason === 'locked') host.onSessionLost(reason);
    const permission = overrideOf(result.refusal);
    if (permission === null || asked.has(permission) || overrideIds.length >= MOST_OVERRIDES) return result;
    asked.add(permission);
    const overrideId = await host.requestOverride(permission);
    if (overrideId === null) return result;
    overrideIds.push(overrideId);
  }
}

/**
 * A command with its operation id: made when the action starts, kept through retries, and kept for the next `run`
 * with the same input when no answer came. An overridable refusal opens the manager PIN sheet and, if granted, sends a
 * new command; a second one asks again. Everything else comes back as a value for the screen to word.
 */
export function useCommand<Input, Output>(procedure: Procedure<Input, Output>): Command<Input, Output> {
  const host = use(CommandContext);
  if (host === null) throw new Error('useCommand outside the app');
  const [isRunning, setIsRunning] = useState(false);
  const running = useRef(false);
  const unanswered = useRef<{ operationId: string; text: string } | null>(null);
  const procedureNow = useRef(procedure);
  procedureNow.current = procedure;

  const once = useCallback(
    async (input: Input): Promise<CommandResult<Output>> => {
      const text = JSON.stringify(input) ?? '';
      const operationId = unanswered.current?.text === text ? unanswered.current.operationId : host.newOperationId();
      const result = await sendCommand(procedureNow.current, operationId, input);
      unanswered.current = result.kind === 'failed' && result.errorCode === null ? { operationId, text } : null;
      return result;
    },
    [host],
  );

  const run = useCallback(
    async (input: Input): Promise<CommandResult<Output>> => {
      if (running.current) return { kind: 'ignored' };
      running.current = true;
      setIsRunning(true);
      try {
        return await withApprovals(input, once, host);
      } finally {
        running.current = false;
        setIsRunning(false);
      }
    },
    [host, once],
  );
  return { run, isRunning };
}

/** Operation ids for those who send commands by themselves, such as the scan queue. */
export function useCommandHost(): CommandHost {
  const host = use(CommandContext);
  if (host === null) throw new Error('useCommandHost outside the app');
  return host;
}

/** Asks for a manager's PIN ahead of a command; pass the answer in its input's `overrideIds`. */
export function useOverride(): (permission: Permission) => Promise<string | null> {
  const host = use(CommandContext);
  if (host === null) throw new Error('useOverride outside the app');
  return host.requestOverride;
}
