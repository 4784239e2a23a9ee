import {
  DatabaseBackup,
  Gift,
  Globe,
  Info,
  type LucideIcon,
  Monitor,
  Palette,
  ScanLine,
  Store,
  Tag,
  Users,
  Volume2,
  Wallet,
} from 'lucide-react';
import type { ComponentType, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Permission } from '#shop/staff/permissions.ts';
import { classNames } from '../../ui/class-names.ts';
import { hrefTo, useRoute } from '../../ui/route.ts';
import { useSession } from '../../ui/shop-context.ts';
import { AboutPage } from './about-page.tsx';
import { AppearancePage } from './appearance-page.tsx';
import { BackupsPage } from './backups/backups-page.tsx';
import { CataloguePage } from './catalogue-page.tsx';
import { DevicesPage } from './devices-page.tsx';
import { LanguagePage } from './language-page.tsx';
import { ProgrammePage } from './programme/programme-page.tsx';
import { ShopPage } from './shop-page.tsx';
import { SoundsPage } from './sounds-page.tsx';
import { StaffPage } from './staff-page.tsx';
import { TillPage } from './till-page.tsx';
import { ValuePage } from './value-page.tsx';
import './settings.css';
import './settings-parts.css';

interface PageEntry {
  readonly id: string;
  readonly icon: LucideIcon;
  readonly Page: ComponentType;
  /** Without it the page is not in the list. */
  readonly permission?: Permission;
}

const PAGES: readonly PageEntry[] = [
  { id: 'till', icon: Monitor, Page: TillPage },
  { id: 'shop', icon: Store, Page: ShopPage, permission: 'settings.shop' },
  { id: 'catalogue', icon: Tag, Page: CataloguePage, permission: 'catalogue.read' },
  { id: 'programme', icon: Gift, Page: ProgrammePage, permission: 'customers.read' },
  { id: 'value', icon: Wallet, Page: ValuePage, permission: 'vouchers.read' },
  { id: 'staff', icon: Users, Page: StaffPage, permission: 'staff.edit' },
  { id: 'devices', icon: ScanLine, Page: DevicesPage },
  { id: 'sounds', icon: Volume2, Page: SoundsPage },
  { id: 'language', icon: Globe, Page: LanguagePage },
  { id: 'appearance', icon: Palette, Page: AppearancePage },
  { id: 'backups', icon: DatabaseBackup, Page: BackupsPage, permission: 'backups.make' },
  { id: 'about', icon: Info, Page: AboutPage },
];

/** Settings: list left, page right. */
export function SettingsScreen(): ReactNode {
  const { t } = useTranslation('settings');
  const { rest } = useRoute();
  const { permissions } = useSession();
  const pages = PAGES.filter((page) => page.permission === undefined || permissions.includes(page.permission));
  const current = pages.find((page) => page.id === rest[0]) ?? pages[0];
  return (
    <div className="settings">
      <nav className="settings-list" aria-label={t('pages.label')}>
        {pages.map((page) => (
          <a
            key={page.id}
            href={hrefTo('settings', page.id)}
            className={classNames('settings-link', page === current && 'is-current')}
            aria-current={page === current ? 'page' : undefined}
          >
            <page.icon size={18} strokeWidth={1.75} aria-hidden="true" />
            {t(`pages.${page.id}`)}
          </a>
        ))}
      </nav>
      <div className="settings-page" key={current?.id}>
        {current !== undefined && <current.Page />}
      </div>
    </div>
  );
}
