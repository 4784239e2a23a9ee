import { canonicalJson } from '#shop/audit/hash-chain.ts';
import { hashOp, MAX_OP_BODY_BYTES, opBodyText, piiHashOf } from '#shop/sync/op-chain.ts';
import type { JsonRow, Moment } from '../command-scope.ts';
import type { ShopIdentity } from '../context.ts';
import { sql, type WritableDb } from '../db/database.ts';
import { newSalt } from '../random-bytes.ts';
import { sha256Hex } from '../sha256.ts';

const TAKE_SEQ = sql`
  UPDATE terminal_state
  SET last_op_seq = last_op_seq + 1
  WHERE only_row = 1
  RETURNING incarnation, last_op_seq, last_op_hash`;

const UPDATE_HEAD = sql`
  UPDATE terminal_state
  SET last_op_hash = :hash
  WHERE only_row = 1`;

const INSERT_OP = sql`
  INSERT INTO outbox (
    incarnation, seq, id, merchant_id, shop_id, terminal_id, type, version, staff_id, at_ms, trusted_at_ms,
    body, body_hash, pii, pii_salt, pii_hash, prev_hash, hash)
  VALUES (
    :incarnation, :seq, :id, :merchantId, :shopId, :terminalId, :type, :version, :staffId, :atMs, :trustedAtMs,
    :body, :bodyHash, :pii, :piiSalt, :piiHash, :prevHash, :hash)`;

export interface NewOp {
  readonly shop: ShopIdentity;
  readonly operationId: string;
  readonly type: string;
  readonly staffId: string | null;
  readonly moment: Moment;
  /** The outcome: the rows that the command wrote, by table. */
  readonly body: Readonly<Record<string, readonly JsonRow[]>>;
  readonly pii: Readonly<Record<string, readonly JsonRow[]>> | null;
}

/**
 * Appends the fact of one committed command: gapless seq in this incarnation, chained by hash over the bytes as stored.
 * Personal data stays outside the hashed body; the chain covers only its salted hash, so that it can be erased.
 */
export function appendOp(db: WritableDb, op: NewOp): void {
  const head = db.get<{ incarnation: number; last_op_seq: number; last_op_hash: string }>(TAKE_SEQ);
  if (head === undefined) throw new Error('this data folder has no terminal yet');
  const body = opBodyText(op.body);
  if (Buffer.byteLength(body) > MAX_OP_BODY_BYTES) throw new Error(`the op of ${op.type} is too large`);
  const pii = op.pii === null ? null : canonicalJson(op.pii);
  const piiSalt = pii === null ? null : newSalt();
  const piiHash = pii === null || piiSalt === null ? null : piiHashOf(piiSalt, pii, sha256Hex);
  const header = {
    merchantId: op.shop.merchantId,
    shopId: op.shop.shopId,
    terminalId: op.shop.terminalId,
    incarnation: head.incarnation,
    seq: head.last_op_seq,
    id: op.operationId,
    type: op.type,
    version: 1,
    atMs: op.moment.wallMs,
    trustedAtMs: op.moment.trustedAtMs,
    staffId: op.staffId,
  };
  const hashes = hashOp(header, { bodyText: body, piiHash, prevHash: head.last_op_hash }, sha256Hex);
  db.runOne(INSERT_OP, { ...header, ...hashes, body, pii, piiSalt });
  db.runOne(UPDATE_HEAD, { hash: hashes.hash });
}
