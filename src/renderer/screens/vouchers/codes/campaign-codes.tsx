import { useQuery } from '@tanstack/react-query';
import { Download, FileUp, Printer, QrCode as QrIcon, SquarePlus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../../ui/api-context.ts';
import { Button } from '../../../ui/button.tsx';
import { useMay } from '../../../ui/shop-context.ts';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { shownCampaign, useCampaign, useCampaignChoices, useCampaignWords } from '../vouchers-data.ts';
import { BatchRow } from './batch-row.tsx';
import { CodeImageDialog } from './code-image-dialog.tsx';
import type { Batch, PrintedCampaign, ToPrint } from './codes-data.ts';
import { ImportCodesDialog } from './import-codes-dialog.tsx';
import { MakeCodesDialog } from './make-codes-dialog.tsx';
import { PrintCodesDialog } from './print-codes-dialog.tsx';
import { useExportCodes } from './use-export-codes.ts';
import { campaignSentence } from '../campaign-sentence.ts';
import './codes.css';

type Layer = { readonly kind: 'make' | 'import' | 'image' } | { readonly kind: 'print'; readonly what: ToPrint } | null;

const icon = { size: 18, strokeWidth: 1.75, 'aria-hidden': true } as const;

/**
 * The codes of a campaign: one for everybody with its picture and labels, or batches of them, made here or elsewhere, with
 * how far each is. Shows nothing for a campaign that applies by itself.
 */
export function CampaignCodes({ campaignId }: { campaignId: string }): ReactNode {
  const { t } = useTranslation('codes');
  const found = useCampaign(campaignId);
  const batches = useQuery(useApi().codes.batches.queryOptions({ campaignId }));
  const words = useCampaignWords(useCampaignChoices());
  const mayEdit = useMay('vouchers.edit');
  const [layer, setLayer] = useState<Layer>(null);
  const campaign = found.data === undefined ? null : shownCampaign(found.data);
  if (found.data === undefined || campaign === null || campaign.trigger === 'automatic') return null;
  const { voucher, status, codeCount } = found.data;
  const printed: PrintedCampaign = { name: campaign.name, says: campaignSentence(words, campaign) };
  const close = (): void => setLayer(null);
  const isGeneric = campaign.genericCode !== null;
  return (
    <section className="codes" aria-label={t('title')}>
      <h3>{t('title')}</h3>
      {isGeneric ? (
        <GenericCode
          code={voucher?.code ?? null}
          onImage={() => setLayer({ kind: 'image' })}
          onPrint={
            voucher === null || !mayEdit
              ? null
              : () => setLayer({ kind: 'print', what: { of: 'voucher', voucherId: voucher.voucherId } })
          }
        />
      ) : batches.data === undefined ? (
        <Skeleton rows={2} />
      ) : (
        <Batches
          campaignId={campaignId}
          batches={batches.data.batches}
          mayAdd={mayEdit && status !== 'ended'}
          hasCodes={codeCount > 0}
          onAdd={(kind) => setLayer({ kind })}
          onPrint={(batch) => setLayer({ kind: 'print', what: { of: 'batch', batch } })}
        />
      )}
      {layer?.kind === 'make' && (
        <MakeCodesDialog campaignId={campaignId} pattern={batches.data?.defaultPattern ?? ''} onClose={close} />
      )}
      {layer?.kind === 'import' && <ImportCodesDialog campaignId={campaignId} onClose={close} />}
      {layer?.kind === 'image' && voucher !== null && <CodeImageDialog code={voucher.code} onClose={close} />}
      {layer?.kind === 'print' && <PrintCodesDialog what={layer.what} campaign={printed} onClose={close} />}
    </section>
  );
}

interface GenericCodeProps {
  /** Null before the campaign is published. */
  readonly code: string | null;
  readonly onImage: () => void;
  readonly onPrint: (() => void) | null;
}

function GenericCode({ code, onImage, onPrint }: GenericCodeProps): ReactNode {
  const { t } = useTranslation('codes');
  if (code === null) return <p className="is-muted">{t('generic.draft')}</p>;
  return (
    <>
      <p className="is-muted">{t('generic.lead')}</p>
      <div className="codes-acts">
        <Button size="counter" icon={<QrIcon {...icon} />} onPress={onImage}>
          {t('image.open')}
        </Button>
        {onPrint !== null && (
          <Button size="counter" icon={<Printer {...icon} />} onPress={onPrint}>
            {t('print.labels')}
          </Button>
        )}
      </div>
    </>
  );
}

interface BatchesProps {
  readonly campaignId: string;
  readonly batches: readonly Batch[];
  readonly mayAdd: boolean;
  readonly hasCodes: boolean;
  readonly onAdd: (kind: 'make' | 'import') => void;
  readonly onPrint: (batch: Batch) => void;
}

function Batches({ campaignId, batches, mayAdd, hasCodes, onAdd, onPrint }: BatchesProps): ReactNode {
  const { t } = useTranslation('codes');
  const mayEdit = useMay('vouchers.edit');
  const exportCodes = useExportCodes(campaignId);
  const isMaking = batches.some(({ status }) => status === 'running');
  return (
    <>
      {batches.length === 0 && (
        <p className="is-muted">{t(hasCodes ? 'givenOne' : mayAdd ? 'empty' : 'emptyReadOnly')}</p>
      )}
      {batches.length > 0 && (
        <ul className="codes-batches">
          {batches.map((batch) => (
            <BatchRow
              key={batch.batchId}
              batch={batch}
              onPrint={() => onPrint(batch)}
              onExport={() => void exportCodes.run(batch.batchId)}
            />
          ))}
        </ul>
      )}
      {mayEdit && (
        <div className="codes-acts">
          {mayAdd && (
            <>
              <Button
                size="counter"
                icon={<SquarePlus {...icon} />}
                isDisabled={isMaking}
                onPress={() => onAdd('make')}
              >
                {t('make.open')}
              </Button>
              <Button size="counter" icon={<FileUp {...icon} />} onPress={() => onAdd('import')}>
                {t('import.open')}
              </Button>
            </>
          )}
          {hasCodes && (
            <Button
              size="counter"
              icon={<Download {...icon} />}
              isBusy={exportCodes.isRunning}
              onPress={() => void exportCodes.run(null)}
            >
              {t('export.open')}
            </Button>
          )}
        </div>
      )}
    </>
  );
}
