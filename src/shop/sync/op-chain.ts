import { canonicalJson, type Sha256Hex, sha256Hex } from '../audit/hash-chain.ts';

/** Everything of an op but its hashes (SYNC.md 1). Instants are UTC ms. Personal data travels beside the body. */
export interface OpHeader {
  readonly merchantId: string;
  readonly shopId: string;
  readonly terminalId: string;
  readonly incarnation: number;
  readonly seq: number;
  readonly id: string;
  readonly type: string;
  readonly version: number;
  readonly atMs: number;
  readonly trustedAtMs: number;
  readonly staffId: string | null;
}

/** The hashes of an op. `hash` covers the header, bodyHash, piiHash and prevHash; the next op's prevHash is this hash. */
export interface OpHashes {
  readonly bodyHash: string;
  readonly piiHash: string | null;
  readonly prevHash: string;
  readonly hash: string;
}

/** The first op of an incarnation has this as its previous hash. */
export const OP_CHAIN_START = '';

/** An op's body is at most this long, in UTF-8 bytes (SYNC.md 1). */
export const MAX_OP_BODY_BYTES = 65_536;

/** Returns the body as the text that is stored, hashed and sent: the bytes never differ between the three. */
export function opBodyText(body: unknown): string {
  return canonicalJson(body);
}

/** Hash of personal data under a random salt: after erasure nothing can be guessed from it. */
export function piiHashOf(salt: string, piiText: string, sha256Of: Sha256Hex = sha256Hex): string {
  return sha256Of(`${salt}\n${piiText}`);
}

/** Returns the hashes of an op from its stored texts. */
export function hashOp(
  header: OpHeader,
  texts: { readonly bodyText: string; readonly piiHash: string | null; readonly prevHash: string },
  sha256Of: Sha256Hex = sha256Hex,
): OpHashes {
  const bodyHash = sha256Of(texts.bodyText);
  const { piiHash, prevHash } = texts;
  const hash = sha256Of(canonicalJson({ ...header, bodyHash, piiHash, prevHash }));
  return { bodyHash, piiHash, prevHash, hash };
}
