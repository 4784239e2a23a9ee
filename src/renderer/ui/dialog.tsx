import { X } from 'lucide-react';
import { type ReactNode, use, useId } from 'react';
import { Dialog as AriaDialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { useTranslation } from 'react-i18next';
import { Button, type ButtonKind } from './button.tsx';
import { classNames } from './class-names.ts';
import { IconButton } from './icon-button.tsx';
import { LayerContext, useOverlay } from './overlay-depth.ts';
import './dialog.css';

interface DialogProps {
  /** The action with its object: 'Undo 156 points for Ana?' */
  readonly title: string;
  readonly children?: ReactNode;
  /** Buttons, the primary last. */
  readonly footer?: ReactNode;
  /** Esc, outside press and the close button all mean this: the safe way out. */
  readonly onClose: () => void;
  readonly size?: 'small' | 'medium' | 'large';
  /** Scans wait ("Finish this first") while it is open; true unless it only shows something. */
  readonly needsAnswer?: boolean;
  readonly hasCloseButton?: boolean;
  readonly className?: string;
  /** Words only, nothing to press: then the keyboard scrolls the panel itself. */
  readonly isOnlyRead?: boolean;
}

function OverlayLayer({ needsAnswer, children }: { needsAnswer: boolean; children: ReactNode }): ReactNode {
  const layer = use(LayerContext) + 1;
  useOverlay(useId(), needsAnswer);
  return <LayerContext value={layer}>{children}</LayerContext>;
}

/** A dialog over the screen. Mount it to open it, unmount it to close it; focus returns where it came from. */
export function Dialog({
  title,
  children,
  footer,
  onClose,
  size = 'small',
  needsAnswer = true,
  hasCloseButton = false,
  className,
}: DialogProps): ReactNode {
  const { t } = useTranslation('common');
  return (
    <ModalOverlay isOpen isDismissable onOpenChange={(isOpen) => !isOpen && onClose()} className="ui-dialog-backdrop">
      <Modal className={classNames('ui-dialog', `is-${size}`, className)}>
        <AriaDialog className="ui-dialog-frame">
          <OverlayLayer needsAnswer={needsAnswer}>
            <header className="ui-dialog-head">
              <Heading slot="title" className="ui-dialog-title">
                {title}
              </Heading>
              {hasCloseButton && (
                <IconButton label={t('close')} icon={<X size={20} strokeWidth={1.75} />} onPress={onClose} />
              )}
            </header>
            {children !== undefined && <div className="ui-dialog-body">{children}</div>}
            {footer !== undefined && <footer className="ui-dialog-foot">{footer}</footer>}
          </OverlayLayer>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

interface ConfirmDialogProps {
  readonly title: string;
  readonly detail?: ReactNode;
  /** Names what stays: 'Keep points'. It has the focus. */
  readonly safeLabel: string;
  /** Names what happens: 'Undo 156 points'. */
  readonly actLabel: string;
  readonly actKind?: ButtonKind;
  readonly isBusy?: boolean;
  readonly onAct: () => void;
  readonly onClose: () => void;
}

/** Asks before what cannot be taken back. */
export function ConfirmDialog({
  title,
  detail,
  safeLabel,
  actLabel,
  actKind = 'danger',
  isBusy = false,
  onAct,
  onClose,
}: ConfirmDialogProps): ReactNode {
  return (
    <Dialog
      title={title}
      onClose={onClose}
      footer={
        <>
          <Button autoFocus onPress={onClose}>
            {safeLabel}
          </Button>
          <Button kind={actKind} isBusy={isBusy} onPress={onAct}>
            {actLabel}
          </Button>
        </>
      }
    >
      {detail !== undefined && <p className="is-muted">{detail}</p>}
    </Dialog>
  );
}

/** A panel that comes in from the right over the screen. Same contract as Dialog. */
export function SidePanel({
  title,
  children,
  footer,
  onClose,
  needsAnswer = false,
  size = 'small',
  className,
  isOnlyRead = false,
}: DialogProps): ReactNode {
  const { t } = useTranslation('common');
  return (
    <ModalOverlay
      isOpen
      isDismissable
      onOpenChange={(isOpen) => !isOpen && onClose()}
      className="ui-dialog-backdrop is-panel"
    >
      <Modal className={classNames('ui-panel', `is-${size}`, className)}>
        <AriaDialog className="ui-dialog-frame">
          <OverlayLayer needsAnswer={needsAnswer}>
            <header className="ui-dialog-head">
              <Heading slot="title" className="ui-dialog-title">
                {title}
              </Heading>
              <IconButton label={t('close')} icon={<X size={20} strokeWidth={1.75} />} onPress={onClose} />
            </header>
            <div
              className="ui-dialog-body is-scrolling"
              {...(isOnlyRead ? { tabIndex: 0, role: 'region', 'aria-label': title } : {})}
            >
              {children}
            </div>
            {footer !== undefined && <footer className="ui-dialog-foot">{footer}</footer>}
          </OverlayLayer>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
