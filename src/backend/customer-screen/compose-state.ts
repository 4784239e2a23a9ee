import type { CustomerScreenState, ScreenSale } from '#shop/customer-screen/screen-state.ts';
import { firstNameOf } from '#shop/customers/name.ts';
import { rolesMay } from '#shop/staff/permissions.ts';
import type { BackendEnv, ReadScope, ShopIdentity } from '../context.ts';
import { selectCustomer } from '../customers/customers-store.ts';
import { selectLiveProgrammes } from '../points/programmes-store.ts';
import { momentOf } from '../time/moment.ts';
import { showPreview, type TillPreview } from '../till/show-preview.ts';
import { noteShown } from './note-shown.ts';
import { readOffer } from './read-offer.ts';
import { isUntouched, type ShownSale } from './screen-book.ts';
import { customerOf, linesOf, reductionsOf } from './screen-sale.ts';
import { vouchersOf } from './screen-vouchers.ts';

type Moment = CustomerScreenState extends infer State
  ? State extends CustomerScreenState
    ? Omit<State, keyof Common>
    : never
  : never;
type Common = Pick<
  CustomerScreenState,
  'shopName' | 'currency' | 'region' | 'timeZone' | 'language' | 'pointName' | 'isOpen'
>;

/** How the person is greeted, and their language: never more of them than that. */
interface Greeted {
  readonly firstName: string;
  readonly language: string | null;
}

/** What the customer's screen shows now; null before there is a shop. */
export function composeState(env: BackendEnv): CustomerScreenState | null {
  const shop = env.shop();
  if (shop === null) return null;
  const scope = scopeOfTill(env, shop);
  const { moment, greeted, pointName } = momentNow(env, shop, scope);
  const settings = env.settings();
  return {
    ...moment,
    shopName: shop.shopName,
    currency: shop.currency,
    region: settings.region,
    timeZone: shop.timeZone,
    language: languageOf(greeted?.language ?? settings.language),
    pointName,
    isOpen: scope !== null,
  };
}

/** The eyes of whoever is at the till; null while nobody is, or nobody who sells. */
export function scopeOfTill(env: BackendEnv, shop: ShopIdentity): ReadScope | null {
  const clientId = env.screens.shown?.clientId ?? null;
  const session = clientId === null ? null : env.sessions.of(clientId);
  if (clientId === null || session === null || session.isLocked || !rolesMay(session.roles, 'sale.make')) return null;
  return { clientId, db: env.db.read, env, shop, session, moment: momentOf(env, shop) };
}

interface Now {
  readonly moment: Moment;
  readonly greeted: Greeted | null;
  readonly pointName: string;
}

function momentNow(env: BackendEnv, shop: ShopIdentity, scope: ReadScope | null): Now {
  const paid = env.screens.paidAt(env.time.now().trustedMs);
  if (paid !== null) return paidNow(env, shop, paid);
  const shown = env.screens.shown;
  if (scope !== null && shown?.draft != null && !isUntouched(shown.draft)) {
    const now = saleNow(scope, { ...shown, draft: shown.draft });
    if (now !== null) return now;
  }
  return { moment: { moment: 'idle', offer: readOffer(env, shop) }, greeted: null, pointName: '' };
}

function paidNow(
  env: BackendEnv,
  shop: ShopIdentity,
  paid: NonNullable<ReturnType<BackendEnv['screens']['paidAt']>>,
): Now {
  const greeted = paid.customerId === null ? null : greetedOf(env, shop, paid.customerId);
  const isMember = paid.customerId !== null && paid.balancePoints !== null;
  return {
    moment: {
      moment: 'paid',
      totalMinor: paid.totalMinor,
      changeMinor: paid.changeMinor > 0 ? paid.changeMinor : null,
      earnedPoints: isMember ? paid.earnedPoints : null,
      balancePoints: isMember ? paid.balancePoints : null,
      firstName: greeted?.firstName ?? null,
      question: paid.answerId === null || paid.score !== null ? null : { answerId: paid.answerId },
      isAnswered: paid.score !== null,
    },
    greeted,
    pointName: pointNameOf(env, shop),
  };
}

/** The sale as the till prices it; null where it cannot be priced, which the till says. */
function saleNow(scope: ReadScope, shown: ShownSale & { readonly draft: NonNullable<ShownSale['draft']> }): Now | null {
  const { env, shop } = scope;
  const { draft, tenderKind } = shown;
  const outcome = showPreview(scope, { draft, tenderKind });
  if (outcome.kind === 'refused') return null;
  const preview = outcome.value;
  const greeted = draft.customerId === null ? null : greetedOf(env, shop, draft.customerId);
  const pointName = preview.programmes[0]?.pointName ?? '';
  if (shown.moment === 'paying') {
    const totalMinor = tenderKind === 'cash' ? preview.cashDueMinor : preview.dueMinor;
    return { moment: { moment: 'paying', totalMinor, firstName: greeted?.firstName ?? null }, greeted, pointName };
  }
  return { moment: saleMoment(scope, draft, preview, greeted), greeted, pointName };
}

function saleMoment(
  scope: ReadScope,
  draft: NonNullable<ShownSale['draft']>,
  preview: TillPreview,
  greeted: Greeted | null,
): ScreenSale {
  const found = vouchersOf(scope, preview, draft.customerId);
  noteShown(scope.env, draft, found);
  const isTaxAdded = scope.env.settings().taxMode === 'exclusive';
  return {
    moment: 'sale',
    lines: linesOf(draft, preview),
    reductions: reductionsOf(draft, preview),
    totalMinor: preview.dueMinor,
    addedTaxMinor: isTaxAdded ? preview.priced.taxMinor : 0,
    wouldEarnPoints: greeted === null && preview.programmes.length > 0 ? preview.pointsIfCustomer : null,
    customer: greeted === null ? null : customerOf(preview, greeted.firstName),
    vouchers: found.map(({ shown }) => shown),
  };
}

function greetedOf(env: BackendEnv, shop: ShopIdentity, customerId: string): Greeted | null {
  const customer = selectCustomer(env.db.read, shop.merchantId, customerId);
  if (customer === null) return null;
  const { callName, fullName } = customer.personal;
  return { firstName: firstNameOf(callName ?? fullName), language: customer.language };
}

function pointNameOf(env: BackendEnv, shop: ShopIdentity): string {
  return selectLiveProgrammes(env.db.read, shop.merchantId)[0]?.programme.pointName ?? '';
}

function languageOf(language: string): 'en' | 'es' {
  return language.startsWith('es') ? 'es' : 'en';
}
