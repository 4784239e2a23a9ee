import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { QrCode } from '../../../ui/qr-code.tsx';
import { drawQr, qrSvg } from '../../../ui/qr-drawing.ts';
import { saveBlob, saveFile } from '../../../ui/save-file.ts';
import { showToast } from '../../../ui/toast.tsx';

const PIXELS_A_SQUARE = 24;

/** A code as a picture, to save for posters and messages: sharp lines, or pixels. */
export function CodeImageDialog({ code, onClose }: { code: string; onClose: () => void }): ReactNode {
  const { t } = useTranslation(['codes', 'common']);
  const file = code.replace(/[^A-Za-z0-9-]/g, '');
  const saveSvg = (): void => saveFile(`${file}.svg`, qrSvg(code), 'image/svg+xml');
  const savePng = async (): Promise<void> => {
    const blob = await pngOf(code);
    if (blob === null) showToast({ tone: 'danger', title: t('image.failed') });
    else saveBlob(`${file}.png`, blob);
  };
  return (
    <Dialog
      title={t('image.title', { code })}
      onClose={onClose}
      hasCloseButton
      needsAnswer={false}
      footer={
        <>
          <Button onPress={saveSvg}>{t('image.svg')}</Button>
          <Button kind="primary" onPress={() => void savePng()}>
            {t('image.png')}
          </Button>
        </>
      }
    >
      <div className="codes-image">
        <QrCode text={code} label={t('image.label', { code })} />
        <b>{code}</b>
        <p className="is-muted is-small">{t('image.lead')}</p>
      </div>
    </Dialog>
  );
}

/** Draws the code in whole pixels, so that no edge is blurred. Null where nothing can be drawn. */
function pngOf(code: string): Promise<Blob | null> {
  const { size, path } = drawQr(code);
  const canvas = document.createElement('canvas');
  canvas.width = size * PIXELS_A_SQUARE;
  canvas.height = size * PIXELS_A_SQUARE;
  const context = canvas.getContext('2d');
  if (context === null) return Promise.resolve(null);
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.scale(PIXELS_A_SQUARE, PIXELS_A_SQUARE);
  context.strokeStyle = '#000';
  context.stroke(new Path2D(path));
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
}
