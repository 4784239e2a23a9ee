import { expect, test } from 'vitest';
import { onlyInThisSale, removeCustomer, setCustomer, startSale, useTillState } from './till-state.ts';

const ANA = { customerId: 'ana', displayName: 'Ana', balance: 0 };

const identify = (): void => setCustomer({ customerId: 'ana', identifiedBy: 'scan', identifiedAtMs: 1 }, ANA);
const customerNow = (): string | null => useTillState.getState().draft.customerId;

test('S3-1: the undo of what a customer did takes nothing out of the next sale', () => {
  startSale();
  identify();
  const undo = onlyInThisSale(() => void removeCustomer());
  startSale();
  identify();
  undo();
  expect(customerNow()).toBe('ana');
  onlyInThisSale(() => void removeCustomer())();
  expect(customerNow()).toBeNull();
});
