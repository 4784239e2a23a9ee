import { type ReactNode, useCallback, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiClient } from '../ui/api-context.ts';
import { useFormat } from '../ui/format.ts';
import { useOverlays } from '../ui/overlay-depth.ts';
import { useRefusalText } from '../ui/refusal-text.ts';
import { navigateTo } from '../ui/route.ts';
import { useMay } from '../ui/shop-context.ts';
import { playSound } from '../ui/sounds.ts';
import { dismissSlot, dismissSlotBeside, showToast } from '../ui/toast.tsx';
import { sendCommand, useCommandHost } from '../ui/use-command.ts';
import { listenForPictures } from './image-input.ts';
import { offerRawScan, type RawScan } from './raw-scans.ts';
import { customerOfScans } from './scan-customer.ts';
import { keepScan, offerScan, type ScanEvent } from './scan-target.ts';
import { wordsOfScan } from './scan-words.ts';
import { useBadgeSignIn } from './use-badge-sign-in.ts';
import { noteScannerSeen } from './scanner-state.ts';
import { listenForWedge } from './wedge-listener.ts';

const SLOT = 'scan';

const ROUTE_EVENT = 'regulars:scan';

/** Sends a code that was typed or read from a picture the same way as any scan. */
export function offerScannedText(scan: RawScan): void {
  window.dispatchEvent(new CustomEvent(ROUTE_EVENT, { detail: scan }));
}

const LOOKING_UP_AFTER_MS = 80;
const SCREENS = ['till', 'customers', 'award', 'sign-in'] as const;

type ScanScreen = (typeof SCREENS)[number] | 'other';

/** Something over the screen wants an answer first; some of those still say what a scan means there. */
function isBusy(what: 'scans' | 'person'): boolean {
  const top = useOverlays.getState().layers.at(-1);
  return top?.needsAnswer === true && !(what === 'scans' && top.hearsScans);
}

/** Where a scan belongs when the open screen has no use for it. */
function homeOf(scan: ScanEvent): readonly string[] | null {
  if (scan.outcome.kind === 'customer') return ['customers', scan.outcome.customerId];
  if (scan.outcome.kind === 'receipt') return ['till', 'sale', scan.outcome.saleId, 'refund'];
  if (scan.outcome.kind === 'product') return ['till'];
  if (scan.outcome.kind === 'voucher') return ['vouchers'];
  if (scan.outcome.kind === 'gift-card') return ['customers', 'gift-cards', scan.outcome.code];
  return null;
}

/** Opens the catalogue's form for a new product with the code in its place. */
function addItem({ outcome }: ScanEvent): void {
  if (outcome.kind === 'unknown') navigateTo('settings', 'catalogue', 'new', outcome.shownText);
}

function useAnswer(): (scan: ScanEvent) => void {
  const { t } = useTranslation('scanning');
  const format = useFormat();
  const mayAddItem = useMay('catalogue.edit');
  return useCallback(
    (scan) => {
      const answer = offerScan(scan);
      const home = homeOf(scan);
      if (answer === false && home !== null) {
        // The address of a receipt or a gift card says it all; the others are for the screen that opens.
        if (scan.outcome.kind !== 'receipt' && scan.outcome.kind !== 'gift-card') keepScan(scan);
        navigateTo(...home);
      }
      const usual = wordsOfScan(t, format, scan.outcome);
      const isNewItem = scan.outcome.kind === 'unknown' && scan.outcome.reason === 'not-known' && mayAddItem;
      const way = isNewItem ? { action: { label: t('addItem'), onPress: () => addItem(scan) } } : {};
      const isSaidThere = answer === null;
      const said = isSaidThere
        ? null
        : typeof answer === 'object'
          ? { ...usual, ...answer }
          : usual === null
            ? null
            : { ...usual, ...way };
      if (scan.outcome.kind === 'product' && said === null) playSound('item');
      if (said === null) return dismissSlot(SLOT);
      playSound(said.sound ?? (said.tone === 'danger' ? 'refused' : said.tone === 'warning' ? 'unknown' : 'found'));
      const stays = said.tone === 'danger' || said.tone === 'warning';
      showToast({
        slot: SLOT,
        tone: said.tone,
        title: said.title,
        durationMs: stays ? null : 3000,
        ...(said.detail === undefined ? {} : { detail: said.detail }),
        ...(said.action === undefined ? {} : { action: said.action }),
      });
    },
    [t, format, mayAddItem],
  );
}

function sayBusy(title: string): void {
  playSound('busy');
  showToast({ slot: SLOT, tone: 'warning', title });
}

/** Sends scans one after the other, each with its own operation id, and hands their outcome on. */
function useScanQueue(screen: ScanScreen): (raw: RawScan) => void {
  const { t } = useTranslation('scanning');
  const client = useApiClient();
  const host = useCommandHost();
  const wordsOfRefusal = useRefusalText();
  const answer = useAnswer();
  const signInByBadge = useBadgeSignIn();
  const tail = useRef<Promise<void>>(Promise.resolve());
  const take = async (raw: RawScan): Promise<void> => {
    const waiting = setTimeout(
      () => showToast({ slot: SLOT, tone: 'neutral', title: t('lookingUp'), durationMs: null }),
      LOOKING_UP_AFTER_MS,
    );
    const { text, source, atMs } = raw;
    const result = await sendCommand(client.scanning.submit, host.newOperationId(), {
      text,
      source,
      screen,
      customerId: customerOfScans(),
      atMs,
    });
    clearTimeout(waiting);
    if (result.kind === 'done') {
      const { scanId, outcome, risk } = result.value;
      if (outcome.kind === 'staff-badge')
        return screen !== 'sign-in' && isBusy('person') ? sayBusy(t('finishFirst')) : signInByBadge(text);
      // The till has a line for it above Charge: one announcement per scan.
      const isSaidThere = screen === 'till' && outcome.kind === 'customer';
      if (risk !== 'LOW' && !isSaidThere)
        showToast({ tone: risk === 'HIGH' ? 'danger' : 'warning', title: t('risk'), slot: 'risk', durationMs: null });
      return answer({ scanId, outcome, source, atMs, risk });
    }
    playSound('refused');
    const title = result.kind === 'refused' ? wordsOfRefusal(result.refusal) : t('failed');
    showToast({ slot: SLOT, tone: 'danger', title, durationMs: null });
  };
  return (raw) => {
    tail.current = tail.current.then(() => take(raw)).catch(() => undefined);
  };
}

/** Hears every source and routes what it reads; mounted once by the frame, on every screen. */
export function ScanRouter({ screen: route }: { screen: string }): ReactNode {
  const { t } = useTranslation('scanning');
  const screen: ScanScreen = SCREENS.find((known) => known === route) ?? 'other';
  const enqueue = useScanQueue(screen);
  useEffect(() => {
    for (const slot of [SLOT, 'risk']) dismissSlotBeside(slot, route);
  }, [route]);
  const receive = (raw: RawScan): void => {
    if (raw.source === 'HID') noteScannerSeen(raw.atMs);
    if (offerRawScan(raw)) return;
    if (screen !== 'sign-in' && isBusy('scans')) sayBusy(t('finishFirst'));
    else enqueue(raw);
  };
  const latest = useRef(receive);
  latest.current = receive;
  const onScan = useMemo(() => (raw: RawScan) => latest.current(raw), []);
  useEffect(() => {
    const stopWedge = listenForWedge(window, onScan);
    const stopPictures = listenForPictures(window, onScan, () =>
      showToast({ slot: SLOT, tone: 'warning', title: t('noCodeInPicture'), detail: t('otherWays'), durationMs: null }),
    );
    const take = (event: Event): void => onScan((event as CustomEvent<RawScan>).detail);
    window.addEventListener(ROUTE_EVENT, take);
    return () => {
      window.removeEventListener(ROUTE_EVENT, take);
      stopWedge();
      stopPictures();
    };
  }, [onScan, t]);
  return null;
}
