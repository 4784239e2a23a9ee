import { sha1 } from '@noble/hashes/legacy.js';
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { z } from 'zod';
import { must } from '../must.ts';

/** Fills the array with random bytes: from the host's source, or a seeded one in tests. */
export type FillRandom = (bytes: Uint8Array) => void;

const UUID_PATTERN = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const UUID_V7_PATTERN = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Any UUID in lower case. */
export const uuidSchema = z.string().regex(UUID_PATTERN);

/** A UUIDv7 in lower case: the only form of ids made at a counter. */
export const uuidV7Schema = z.string().regex(UUID_V7_PATTERN);

/** Whether the text is a UUIDv7 in lower case. */
export function isUuidV7(text: string): boolean {
  return UUID_V7_PATTERN.test(text);
}

/**
 * Returns a maker of UUIDv7 ids (RFC 9562, 5.7) that rise strictly, also within a millisecond and when the clock steps
 * back: 12 bits of rand_a and the top of rand_b count on from a random start (method 1, fixed-length counter).
 */
export function createUuidV7Source(nowMs: () => number, fillRandom: FillRandom): () => string {
  let lastMs = -1;
  let counter = 0;
  const random = new Uint8Array(10);
  return () => {
    const atMs = Math.max(nowMs(), lastMs);
    must(Number.isSafeInteger(atMs) && atMs >= 0 && atMs < 2 ** 48, 'an instant of a UUIDv7 has 48 bits');
    fillRandom(random);
    if (atMs > lastMs) {
      lastMs = atMs;
      counter = ((random[0] ?? 0) << 16) | ((random[1] ?? 0) << 8) | (random[2] ?? 0);
    } else {
      counter += 1 + ((random[2] ?? 0) & 0x0f);
    }
    if (counter >= COUNTER_END) {
      lastMs += 1;
      counter = ((random[0] ?? 0) << 8) | (random[1] ?? 0);
    }
    return composeV7(lastMs, counter, random.subarray(3, 10));
  };
}

/** The counter has 26 bits: 12 of rand_a, 14 of rand_b. It starts below 2^24, so that a millisecond has room. */
const COUNTER_END = 2 ** 26;

function composeV7(atMs: number, counter: number, tail: Uint8Array): string {
  const bytes = new Uint8Array(16);
  const high = Math.floor(atMs / 2 ** 16);
  bytes[0] = high >>> 24;
  bytes[1] = high >>> 16;
  bytes[2] = high >>> 8;
  bytes[3] = high;
  bytes[4] = (atMs >>> 8) & 0xff;
  bytes[5] = atMs & 0xff;
  const randA = counter >>> 14;
  bytes[6] = 0x70 | (randA >>> 8);
  bytes[7] = randA;
  bytes[8] = 0x80 | ((counter >>> 8) & 0x3f);
  bytes[9] = counter;
  bytes.set(tail.subarray(0, 6), 10);
  return dashed(bytes);
}

/**
 * Returns the UUIDv5 (RFC 9562, 5.5) of a name within a namespace: what the system writes by itself gets an id derived
 * from its cause, so that a repeated job writes nothing twice (LOYALTY.md 3).
 */
export function uuidV5(namespace: string, name: string): string {
  must(UUID_PATTERN.test(namespace), 'a namespace is a UUID');
  const digest = sha1(concat(hexToBytes(namespace.replaceAll('-', '')), utf8ToBytes(name))).slice(0, 16);
  digest[6] = ((digest[6] ?? 0) & 0x0f) | 0x50;
  digest[8] = ((digest[8] ?? 0) & 0x3f) | 0x80;
  return dashed(digest);
}

/** The instant inside a UUIDv7, UTC ms. */
export function instantOfUuidV7(id: string): number {
  must(isUuidV7(id), 'not a UUIDv7');
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}

function concat(a: Uint8Array, b: Uint8Array): Uint8Array {
  const joined = new Uint8Array(a.length + b.length);
  joined.set(a);
  joined.set(b, a.length);
  return joined;
}

function dashed(bytes: Uint8Array): string {
  const hex = bytesToHex(bytes);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
