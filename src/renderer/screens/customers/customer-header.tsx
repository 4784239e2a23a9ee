import {
  Ban,
  Cake,
  Copy,
  CreditCard,
  Download,
  Ellipsis,
  IdCard,
  Mail,
  Merge,
  Pencil,
  Phone,
  Printer,
  ShieldCheck,
  ShoppingBag,
  Sparkles,
  Ticket,
  UserX,
} from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCode } from '#shop/ids/code.ts';
import { useApiClient } from '../../ui/api-context.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Button } from '../../ui/button.tsx';
import { useFormat } from '../../ui/format.ts';
import { useKeys } from '../../ui/keys.ts';
import { MenuButton, type MenuEntry } from '../../ui/menu.tsx';
import { useReport } from '../../ui/refusal-text.ts';
import { useMay } from '../../ui/shop-context.ts';
import { Tag } from '../../ui/tag.tsx';
import { TierTag } from '../../ui/tier-tag.tsx';
import { showToast } from '../../ui/toast.tsx';
import { useCommand } from '../../ui/use-command.ts';
import { BlockCustomer, ReissueCard } from './card-and-block.tsx';
import { CustomerCard } from './customer-card.tsx';
import { awardTo, startSaleFor } from './customer-links.ts';
import type { Customer, Tier } from './customers-data.ts';
import { EditCustomer } from './edit-customer.tsx';
import { GiveDialog } from './give-dialog.tsx';
import { MergeCustomers } from './merge-customers.tsx';
import { EraseCustomer, useExportPerson } from './person-data.tsx';
import { birthdayText, monthText } from './day-words.ts';

/** Who the customer is, and what can be done with them. */
export function CustomerHeader({ customer, tier }: { customer: Customer; tier: Tier | null }): ReactNode {
  const { t } = useTranslation('customers');
  const format = useFormat();
  return (
    <header className="customer-head">
      <Avatar name={customer.displayName} size={60} metal={tier?.metal} />
      <div className="customer-title">
        <h1 tabIndex={-1}>
          {customer.displayName}
          {tier !== null && tier.threshold > 0 && <TierTag tier={tier} />}
          {customer.status === 'blocked' && (
            <Tag tone="danger" icon={<Ban size={14} aria-hidden="true" />}>
              {t('page.blocked')}
            </Tag>
          )}
        </h1>
        <ul className="customer-meta">
          <Fact
            icon={<IdCard size={16} strokeWidth={1.75} aria-hidden="true" />}
            label={t('page.code')}
            text={formatCode(customer.code)}
          />
          <Fact
            icon={<Phone size={16} strokeWidth={1.75} aria-hidden="true" />}
            label={t('page.phone')}
            text={customer.phoneNational}
          />
          <Fact
            icon={<Mail size={16} strokeWidth={1.75} aria-hidden="true" />}
            label={t('page.email')}
            text={customer.email}
          />
          {customer.birthday !== null && (
            <Fact
              icon={<Cake size={16} strokeWidth={1.75} aria-hidden="true" />}
              label={t('page.birthday')}
              text={birthdayText(customer.birthday, format.settings.language)}
            />
          )}
          <li>{t('page.since', { month: monthText(customer.createdAtMs, format.settings) })}</li>
        </ul>
      </div>
      <Actions customer={customer} />
    </header>
  );
}

function Fact({ icon, label, text }: { icon: ReactNode; label: string; text: string | null }): ReactNode {
  if (text === null || text === '') return null;
  return (
    <li>
      {icon}
      <span className="is-hidden-visually">{label}: </span>
      {text}
    </li>
  );
}

function Actions({ customer }: { customer: Customer }): ReactNode {
  const { t } = useTranslation('customers');
  const mayEdit = useMay('customers.edit');
  const mayAward = useMay('points.award');
  const maySell = useMay('sale.make');
  const [open, setOpen] = useState<'edit' | 'card' | 'voucher' | 'block' | 'reissue' | 'merge' | 'erase' | null>(null);
  const mayClaim = useMay('vouchers.redeem');
  const mayBlock = useMay('customers.block');
  const mayMerge = useMay('customers.merge');
  const mayExport = useMay('customers.export');
  const mayErase = useMay('customers.erase');
  const unblock = useUnblock(customer);
  const exportPerson = useExportPerson(customer);
  const isBlocked = customer.status === 'blocked';
  useKeys({
    F4: mayAward && !isBlocked ? () => awardTo(customer.customerId) : undefined,
    'Ctrl+Enter': maySell && !isBlocked ? () => startSaleFor(customer.customerId) : undefined,
  });
  const edit: MenuEntry[] = mayEdit
    ? [
        {
          id: 'edit',
          label: t('page.edit'),
          icon: <Pencil size={18} aria-hidden="true" />,
          onAction: () => setOpen('edit'),
        },
        {
          id: 'reissue',
          label: t('page.reissue'),
          icon: <CreditCard size={18} aria-hidden="true" />,
          onAction: () => setOpen('reissue'),
        },
      ]
    : [];
  const blocking: MenuEntry[] = mayBlock
    ? [
        {
          id: 'block',
          label: t(isBlocked ? 'page.unblock' : 'page.block'),
          icon: isBlocked ? <ShieldCheck size={18} aria-hidden="true" /> : <Ban size={18} aria-hidden="true" />,
          startsGroup: true,
          onAction: () => (isBlocked ? void unblock() : setOpen('block')),
        },
      ]
    : [];
  const entry = (id: string, words: string, icon: ReactNode, onAction: () => void): MenuEntry => ({
    ...{ id, label: t(words), icon, onAction },
  });
  return (
    <div className="customer-actions">
      <MenuButton
        label={t('page.more')}
        entries={[
          ...edit,
          {
            id: 'card',
            label: t('page.printCard'),
            icon: <Printer size={18} aria-hidden="true" />,
            onAction: () => setOpen('card'),
          },
          {
            id: 'copy',
            label: t('page.copyCode'),
            icon: <Copy size={18} aria-hidden="true" />,
            onAction: () => copyCode(formatCode(customer.code), t('page.codeCopied')),
          },
          ...blocking,
          ...(mayMerge
            ? [entry('merge', 'page.merge', <Merge size={18} aria-hidden="true" />, () => setOpen('merge'))]
            : []),
          ...(mayExport
            ? [
                entry(
                  'export',
                  'page.exportPerson',
                  <Download size={18} aria-hidden="true" />,
                  () => void exportPerson(),
                ),
              ]
            : []),
          ...(mayErase
            ? [entry('erase', 'page.erase', <UserX size={18} aria-hidden="true" />, () => setOpen('erase'))]
            : []),
        ]}
      >
        <Ellipsis size={20} strokeWidth={1.75} aria-hidden="true" />
      </MenuButton>
      {mayClaim && (
        <Button
          isDisabled={isBlocked}
          icon={<Ticket size={18} strokeWidth={1.75} aria-hidden="true" />}
          onPress={() => setOpen('voucher')}
        >
          {t('page.voucher')}
        </Button>
      )}
      {mayAward && (
        <Button
          keys="F4"
          isDisabled={isBlocked}
          icon={<Sparkles size={18} strokeWidth={1.75} aria-hidden="true" />}
          onPress={() => awardTo(customer.customerId)}
        >
          {t('page.award')}
        </Button>
      )}
      {maySell && (
        <Button
          kind="primary"
          isDisabled={isBlocked}
          icon={<ShoppingBag size={18} strokeWidth={1.75} aria-hidden="true" />}
          onPress={() => startSaleFor(customer.customerId)}
        >
          {t('page.sale')}
        </Button>
      )}
      {open === 'voucher' && <GiveDialog customer={customer} onClose={() => setOpen(null)} />}
      {open === 'edit' && <EditCustomer customer={customer} onClose={() => setOpen(null)} />}
      {open === 'merge' && <MergeCustomers customer={customer} otherId={null} onClose={() => setOpen(null)} />}
      {open === 'erase' && <EraseCustomer customer={customer} onClose={() => setOpen(null)} />}
      {open === 'block' && <BlockCustomer customer={customer} onClose={() => setOpen(null)} />}
      {open === 'reissue' && (
        <ReissueCard customer={customer} onClose={() => setOpen(null)} onDone={() => setOpen('card')} />
      )}
      {open === 'card' && <CustomerCard customer={customer} onClose={() => setOpen(null)} />}
    </div>
  );
}

function copyCode(code: string, said: string): void {
  void navigator.clipboard.writeText(code).then(() => showToast({ tone: 'success', title: said }));
}

function useUnblock(customer: Customer): () => Promise<void> {
  const { t } = useTranslation('customers');
  const report = useReport();
  const command = useCommand(useApiClient().customers.unblock);
  return async () => {
    const result = await command.run({ customerId: customer.customerId });
    if (!report(result)) return;
    showToast({ tone: 'neutral', title: t('page.unblockedNow', { name: customer.displayName }) });
  };
}
