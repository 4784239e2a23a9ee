import type { ReactNode, Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { QrCode } from '../../../ui/qr-code.tsx';
import type { PrintedCampaign } from './codes-data.ts';

export type SheetLayout = 'a4' | 'label';

const CODES_A_PAGE: Readonly<Record<SheetLayout, number>> = { a4: 24, label: 1 };

interface CodeSheetProps {
  readonly layout: SheetLayout;
  readonly campaign: PrintedCampaign;
  readonly codes: readonly { readonly code: string }[];
  readonly ref?: Ref<HTMLDivElement>;
}

/** The codes on paper: 24 to a page of A4, or one to a label of 62 × 29 mm. */
export function CodeSheet({ layout, campaign, codes, ref }: CodeSheetProps): ReactNode {
  const { t } = useTranslation('codes');
  const size = CODES_A_PAGE[layout];
  const pages = Array.from({ length: Math.ceil(codes.length / size) }, (_, page) =>
    codes.slice(page * size, (page + 1) * size),
  );
  return (
    <div ref={ref} className="code-sheet" data-layout={layout}>
      {pages.map((page, number) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: pages have no other name, and nothing moves
        <div className="code-sheet-page" key={number}>
          {page.map(({ code }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the same code may stand on a page many times, and nothing moves
            <div className="code-sheet-cell" key={index}>
              <QrCode text={code} label={t('image.label', { code })} />
              <span>
                <b>{campaign.name}</b>
                <span>{campaign.says}</span>
                <code>{code}</code>
              </span>
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}
