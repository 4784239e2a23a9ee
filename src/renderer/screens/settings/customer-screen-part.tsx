import { useQuery } from '@tanstack/react-query';
import { CircleCheck, ExternalLink, MonitorSmartphone, X } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi, useApiClient } from '../../ui/api-context.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { SelectField, SwitchField } from '../../ui/choice-field.tsx';
import { useReport } from '../../ui/refusal-text.ts';
import { useMay } from '../../ui/shop-context.ts';
import { useCommand } from '../../ui/use-command.ts';
import { useSaveSettings, useSettings } from './use-save.ts';

/** How often the customer is asked: after no sale, each, or about one in so many. */
const EVERY = ['0', '1', '2', '3', '5', '10', '20', '50'] as const;

/** Opens the customer's screen in its window, or gives the address for a browser's tab, and closes it. */
function OpenOrClose({ isOpen, isWindow }: { isOpen: boolean; isWindow: boolean }): ReactNode {
  const { t } = useTranslation('settings');
  const client = useApiClient();
  const report = useReport();
  const open = useCommand(client.devices.openCustomerScreen);
  const close = useCommand(client.devices.closeCustomerScreen);
  const [address, setAddress] = useState<string | null>(null);
  const show = async (): Promise<void> => {
    const result = await open.run({});
    if (!report(result)) return;
    setAddress(result.value.kind === 'address' ? result.value.address : null);
  };
  const hide = async (): Promise<void> => {
    setAddress(null);
    report(await close.run({}));
  };
  return (
    <>
      <div className="settings-buttons">
        {isOpen && (
          <Button icon={<X strokeWidth={1.75} />} isBusy={close.isRunning} onPress={() => void hide()}>
            {t('customerScreen.close')}
          </Button>
        )}
        {(!isOpen || !isWindow) && (
          <Button
            kind={isOpen ? 'plain' : 'primary'}
            icon={<MonitorSmartphone strokeWidth={1.75} />}
            isBusy={open.isRunning}
            onPress={() => void show()}
          >
            {isWindow ? t('customerScreen.open') : t('customerScreen.makeAddress')}
          </Button>
        )}
      </div>
      {address !== null && !isOpen && (
        <p role="status">
          {t('customerScreen.addressDetail')}{' '}
          <a className="settings-open-link" href={address} target="_blank" rel="noopener noreferrer">
            {t('customerScreen.openTab')}
            <ExternalLink size={18} strokeWidth={1.75} aria-hidden="true" />
          </a>
        </p>
      )}
    </>
  );
}

/** The screen that the customer sees beside this till, and the one question that it asks. */
export function CustomerScreenPart(): ReactNode {
  const { t } = useTranslation('settings');
  const maySell = useMay('sale.make');
  const mayOpen = useMay('screen.open');
  const mayChange = useMay('settings.shop');
  const settings = useSettings();
  const { save } = useSaveSettings();
  const screen = useQuery(useApi().devices.customerScreen.queryOptions(undefined, { enabled: maySell })).data;
  const every = EVERY.find((each) => Number(each) === settings?.askSatisfactionEvery);
  return (
    <Card title={t('customerScreen.title')} className="settings-card">
      <p className="is-muted">{t('customerScreen.detail')}</p>
      {screen?.isOpen === true && (
        <p role="status" className="settings-state">
          <CircleCheck size={20} strokeWidth={1.75} aria-hidden="true" />
          {t('customerScreen.isOpen')}
        </p>
      )}
      {screen !== undefined && mayOpen && <OpenOrClose isOpen={screen.isOpen} isWindow={screen.isWindow} />}
      {settings !== undefined && screen?.isWindow === true && (
        <SwitchField
          isSelected={settings.customerScreen}
          isDisabled={!mayChange}
          onChange={(customerScreen) => void save({ customerScreen })}
        >
          {t('customerScreen.atStart')}
        </SwitchField>
      )}
      {settings !== undefined && (
        <SelectField
          label={t('customerScreen.ask')}
          hint={t('customerScreen.askHint')}
          isDisabled={!mayChange}
          choices={EVERY.map((each) => ({
            id: each,
            label:
              each === '0'
                ? t('customerScreen.never')
                : each === '1'
                  ? t('customerScreen.always')
                  : t('customerScreen.oneIn', { count: Number(each) }),
          }))}
          value={every ?? null}
          onChange={(chosen) => void save({ askSatisfactionEvery: Number(chosen) })}
        />
      )}
    </Card>
  );
}
