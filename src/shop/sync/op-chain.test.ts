import { expect, test } from 'vitest';
import { hashOp, OP_CHAIN_START, type OpHeader, opBodyText, piiHashOf } from './op-chain.ts';

const header: OpHeader = {
  merchantId: 'm',
  shopId: 's',
  terminalId: 't',
  incarnation: 1,
  seq: 1,
  id: 'o',
  type: 'till.completeSale',
  version: 1,
  atMs: 1,
  trustedAtMs: 1,
  staffId: null,
};
const texts = { bodyText: opBodyText({ b: 1, a: 2 }), piiHash: null, prevHash: OP_CHAIN_START };

test('the hash of an op covers its header, its body, its personal data’s hash and the op before', () => {
  const { hash } = hashOp(header, texts);
  const others = [
    hashOp({ ...header, seq: 2 }, texts),
    hashOp({ ...header, staffId: 'x' }, texts),
    hashOp(header, { ...texts, bodyText: opBodyText({ a: 2, b: 2 }) }),
    hashOp(header, { ...texts, piiHash: piiHashOf('salt', '{}') }),
    hashOp(header, { ...texts, prevHash: hash }),
  ];
  expect(new Set([hash, ...others.map((other) => other.hash)]).size).toBe(6);
  expect(hashOp(header, { ...texts, bodyText: opBodyText({ a: 2, b: 1 }) }).hash).toBe(hash);
});

test('personal data is hashed under its salt: the same name hashes differently each time', () => {
  expect(piiHashOf('one', 'Ana')).not.toBe(piiHashOf('two', 'Ana'));
});
