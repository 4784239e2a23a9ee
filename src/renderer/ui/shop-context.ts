import { createContext, use } from 'react';
import type { Permission, Role } from '#shop/staff/permissions.ts';

/** The shop as `system.status` describes it. */
export interface ShopInfo {
  readonly merchantId: string;
  readonly shopId: string;
  readonly terminalId: string;
  readonly shopName: string;
  readonly terminalName: string;
  readonly merchantCode: string;
  readonly language: 'en' | 'es';
  /** Full region such as es-PY: numbers, money and dates follow it, words follow the language. */
  readonly region: string;
  readonly currency: string;
  readonly country: string;
  readonly timeZone: string;
  readonly dayStartsAtHour: number;
  readonly taxMode: 'inclusive' | 'exclusive';
  readonly autoLockMinutes: number;
  readonly quickAmountsMinor: readonly number[];
  /** What the shop calls its credit; null: plain store credit. */
  readonly creditName: { readonly one: string; readonly many: string } | null;
  readonly theme: string;
}

/** Who is signed in at this window. */
export interface SessionInfo {
  readonly staffId: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly permissions: readonly Permission[];
  readonly isLocked: boolean;
}

export interface ShopState {
  readonly host: 'electron' | 'web';
  readonly isDemo: boolean;
  readonly appVersion: string;
  readonly shop: ShopInfo;
  readonly session: SessionInfo;
  readonly openShift: { readonly shiftId: string; readonly openedAtMs: number } | null;
}

export const ShopContext = createContext<ShopState | null>(null);

/** Everything known about this till; only inside the signed-in shell. */
export function useShopState(): ShopState {
  const state = use(ShopContext);
  if (state === null) throw new Error('useShopState outside the signed-in shell');
  return state;
}

export function useShop(): ShopInfo {
  return useShopState().shop;
}

export function useSession(): SessionInfo {
  return useShopState().session;
}

/** True when the signed-in person may do this without a manager. */
export function useMay(permission: Permission): boolean {
  return useSession().permissions.includes(permission);
}
