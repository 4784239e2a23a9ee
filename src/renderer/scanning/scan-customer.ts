import { useEffect } from 'react';
import { create } from 'zustand';

const useScanning = create<{ readonly customerId: string | null }>()(() => ({ customerId: null }));

/** While mounted, scans are of this customer, who stands at the counter: a voucher's scans count its people (S0-8). */
export function useScansOf(customerId: string | null): void {
  useEffect(() => {
    useScanning.setState({ customerId });
    return () => useScanning.setState({ customerId: null });
  }, [customerId]);
}

/** Whose scans they are now; null when nobody is known. */
export function customerOfScans(): string | null {
  return useScanning.getState().customerId;
}
