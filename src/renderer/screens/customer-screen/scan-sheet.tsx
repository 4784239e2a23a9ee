import { Camera, Keyboard, X } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { useTranslation } from 'react-i18next';
import { type CustomerScanAnswer, LONGEST_CODE } from '#shop/customer-screen/screen-state.ts';
import { CameraReader } from '../../scanning/camera-reader.tsx';
import { Button } from '../../ui/button.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { LetterKeys } from './letter-keys.tsx';
import type { ScreenCalls } from './screen-calls.ts';

type Way = 'camera' | 'keys';
type Said = CustomerScanAnswer | { readonly kind: 'reading' | 'failed' };

/** The sheet closes by itself: at once after a code that was taken, later when nobody touches it. */
const CLOSE_TAKEN_MS = 2500;
const CLOSE_LEFT_MS = 45_000;
/** A code held before the camera is read again and again. */
const SAME_CODE_MS = 5000;

interface ScanSheetProps {
  readonly calls: ScreenCalls;
  readonly onClose: () => void;
}

/** The camera first where there is one; until that is known, nothing. */
function useFirstWay(): [Way | null, (way: Way) => void] {
  const [way, setWay] = useState<Way | null>(null);
  useEffect(() => {
    const devices = navigator.mediaDevices as MediaDevices | undefined;
    const none = Promise.resolve<MediaDeviceInfo[]>([]);
    void (devices?.enumerateDevices().catch(() => none) ?? none).then((found) =>
      setWay((known) => known ?? (found.some(({ kind }) => kind === 'videoinput') ? 'camera' : 'keys')),
    );
  }, []);
  return [way, setWay];
}

const isTaken = (said: Said | null): boolean =>
  said !== null && (said.kind === 'card' || said.kind === 'known' || said.kind === 'voucher');

function useReading(calls: ScreenCalls) {
  const [said, setSaid] = useState<Said | null>(null);
  const last = useRef({ code: '', atMs: 0, isOpen: false });
  const read = async (code: string, source: 'CAMERA' | 'MANUAL'): Promise<void> => {
    const isRepeat = source === 'CAMERA' && code === last.current.code && Date.now() - last.current.atMs < SAME_CODE_MS;
    if (last.current.isOpen || isRepeat) return;
    last.current = { code, atMs: Date.now(), isOpen: true };
    setSaid({ kind: 'reading' });
    const answer = await calls.scan(code, source).catch((): Said => ({ kind: 'failed' }));
    last.current = { code, atMs: Date.now(), isOpen: isTaken(answer) };
    setSaid(answer);
  };
  return { said, read };
}

function Answer({ said }: { said: Said | null }): ReactNode {
  const { t } = useTranslation('customer-screen');
  const words = (): string => {
    if (said === null) return '';
    switch (said.kind) {
      case 'reading':
        return t('scan.reading');
      case 'card':
      case 'known':
        return t(`scan.answer.${said.kind}`, { name: said.firstName });
      case 'voucher':
        return t('scan.answer.voucher', { name: said.name });
      case 'ask-staff':
        return t('scan.answer.askStaff');
      default:
        return t(`scan.answer.${said.kind}`);
    }
  };
  return (
    <p className={`customer-answer is-${said?.kind ?? 'none'} ${isTaken(said) ? 'is-taken' : ''}`} role="status">
      {words()}
    </p>
  );
}

function TypedCode({ onCode }: { onCode: (code: string) => void }): ReactNode {
  const { t } = useTranslation('customer-screen');
  const [typed, setTyped] = useState('');
  const change = (text: string): void => setTyped(text.slice(0, LONGEST_CODE));
  return (
    <form
      className="customer-typed"
      onSubmit={(event) => {
        event.preventDefault();
        if (typed.trim() === '') return;
        onCode(typed.trim());
        setTyped('');
      }}
    >
      <div>
        {/* inputMode: the keys are on the screen already, the tablet's own would cover them. */}
        <input
          className="customer-code"
          aria-label={t('scan.code')}
          placeholder={t('scan.code')}
          inputMode="none"
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          value={typed}
          onChange={(event) => change(event.target.value)}
        />
        <Button type="submit" kind="primary" size="primary">
          {t('scan.done')}
        </Button>
      </div>
      <LetterKeys onKey={(key) => change(typed + key)} onDelete={() => change(typed.slice(0, -1))} />
    </form>
  );
}

/** Closes when nobody has touched the screen for so long. */
function useCloseAfter(waitMs: number, onClose: () => void): void {
  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => {
    const wait = (): number => window.setTimeout(() => close.current(), waitMs);
    let timer = wait();
    const begin = (): void => {
      window.clearTimeout(timer);
      timer = wait();
    };
    window.addEventListener('pointerdown', begin);
    window.addEventListener('keydown', begin);
    return () => {
      window.clearTimeout(timer);
      window.removeEventListener('pointerdown', begin);
      window.removeEventListener('keydown', begin);
    };
  }, [waitMs]);
}

/** Where the customer gives a code of their own, by camera or on the keys. */
export function ScanSheet({ calls, onClose }: ScanSheetProps): ReactNode {
  const { t } = useTranslation('customer-screen');
  const [way, setWay] = useFirstWay();
  const { said, read } = useReading(calls);
  useCloseAfter(isTaken(said) ? CLOSE_TAKEN_MS : CLOSE_LEFT_MS, onClose);
  return (
    <ModalOverlay isOpen onOpenChange={(isOpen) => !isOpen && onClose()} className="customer-sheet">
      <Modal className="customer-sheet-frame">
        <Dialog className="customer-sheet-body">
          <div className="customer-sheet-parts">
            <header>
              <Heading slot="title">{t('scan.title')}</Heading>
              <Segmented
                label={t('scan.ways')}
                segments={[
                  { id: 'camera', label: t('scan.camera'), icon: <Camera aria-hidden="true" /> },
                  { id: 'keys', label: t('scan.keys'), icon: <Keyboard aria-hidden="true" /> },
                ]}
                value={way ?? 'keys'}
                onChange={setWay}
              />
              <Button icon={<X />} onPress={onClose}>
                {t('scan.close')}
              </Button>
            </header>
            <Answer said={said} />
            {way === 'camera' && (
              <div className="customer-camera">
                <p>{t('scan.cameraHelp')}</p>
                <CameraReader otherWays={t('scan.otherWays')} onCode={(text) => void read(text, 'CAMERA')} />
              </div>
            )}
            {way === 'keys' && <TypedCode onCode={(code) => void read(code, 'MANUAL')} />}
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
