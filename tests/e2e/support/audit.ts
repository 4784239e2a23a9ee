import type { Page } from '@playwright/test';

export interface AuditOptions {
  /** Smallest target in CSS pixels: 48 at the counter, 44 elsewhere, 24 at the least (UX 10). */
  readonly targetPixels: number;
}

/** Where panels stack the page scrolls: it is looked at screenful by screenful. */
const SCREENFULS_AT_MOST = 12;

/**
 * What a person could not read or reach on the screen as it stands: text and controls that stick out of what clips them,
 * words cut by an ellipsis, texts that lie on each other, controls covered by something else, targets too small to hit.
 * What lies behind a layer (inert or hidden from assistive technology) is left out. Empty when all is well.
 */
export async function audit(page: Page, options: AuditOptions): Promise<string[]> {
  const found = new Set<string>();
  for (let screenful = 0; screenful < SCREENFULS_AT_MOST; screenful += 1) {
    for (const problem of await page.evaluate(inPage, options)) found.add(problem);
    const hasMore = await page.evaluate(() => {
      const places = [...document.querySelectorAll('.shell-main, .shell-screen > *, .sign-in, .first-run')];
      const scroller = places.find(
        (each) => each.scrollHeight > each.clientHeight + 1 && getComputedStyle(each).overflowY === 'auto',
      );
      if (scroller === undefined) return false;
      const before = scroller.scrollTop;
      scroller.scrollTop += scroller.clientHeight * 0.7;
      return scroller.scrollTop > before + 1;
    });
    if (!hasMore) break;
  }
  return [...found];
}

/** Runs inside the page: it may use nothing from outside itself. */
function inPage({ targetPixels }: AuditOptions): string[] {
  const SLACK = 1.5;
  const CONTROLS =
    'button, a[href], input:not([type=hidden]), select, textarea, [role=button], [role=tab], [role=radio], [role=option], [role=menuitem], [role=switch], [role=combobox]';
  interface Box {
    left: number;
    top: number;
    right: number;
    bottom: number;
  }
  const found: string[] = [];
  const nameOf = (element: Element): string => {
    const classes = element.getAttribute('class')?.split(/\s+/).slice(0, 2).join('.') ?? '';
    const words = (element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 28);
    return `${element.tagName.toLowerCase()}${classes === '' ? '' : `.${classes}`} "${words}"`;
  };
  const isLeftOut = (element: Element): boolean =>
    element.closest('[inert], [aria-hidden=true], .is-hidden-visually, [class*=ui-toast]') !== null ||
    !element.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true });
  const isClipPath = (element: Element): boolean => {
    for (let at: Element | null = element; at !== null; at = at.parentElement)
      if (getComputedStyle(at).clipPath !== 'none') return true;
    return false;
  };
  /** The place of the primary button, where panels stack: at the bottom edge, over what scrolls. */
  const isDock = (element: Element): boolean =>
    element.matches('.shell-dock') && getComputedStyle(element).position === 'absolute';
  /** Lies on purpose over what scrolls below it: the docked button, the head of a table, a panel at the side. */
  const isAfloat = (element: Element): boolean => {
    for (let at: Element | null = element; at !== null; at = at.parentElement) {
      if (isDock(at)) return true;
      if (['sticky', 'fixed'].includes(getComputedStyle(at).position) && at.closest('[role=dialog]') === null)
        return true;
    }
    return false;
  };
  /** What of `box` can be seen now, and by how much it sticks out of what hides it without a way to scroll there. */
  const place = (element: Element, from: Box): { seen: Box; outX: number; outY: number; by: Element | null } => {
    const seen = { ...from };
    let outX = 0;
    let outY = 0;
    let by: Element | null = null;
    let isFixed = getComputedStyle(element).position === 'fixed';
    for (let at = element.parentElement; at !== null && at !== document.body && !isFixed; at = at.parentElement) {
      const style = getComputedStyle(at);
      isFixed = style.position === 'fixed';
      const edge = at.getBoundingClientRect();
      const hides = (overflow: string): boolean => overflow === 'hidden' || overflow === 'clip';
      if (hides(style.overflowX) || (style.overflowX !== 'visible' && at.scrollWidth <= at.clientWidth + 1)) {
        const out = Math.max(edge.left - seen.left, seen.right - edge.right);
        if (out > outX) [outX, by] = [out, at];
      }
      if (hides(style.overflowY)) {
        const out = Math.max(edge.top - seen.top, seen.bottom - edge.bottom);
        if (out > outY) [outY, by] = [out, at];
      }
      if (style.overflowX !== 'visible') {
        seen.left = Math.min(Math.max(seen.left, edge.left), edge.right);
        seen.right = Math.max(Math.min(seen.right, edge.right), edge.left);
      }
      if (style.overflowY !== 'visible') {
        seen.top = Math.min(Math.max(seen.top, edge.top), edge.bottom);
        seen.bottom = Math.max(Math.min(seen.bottom, edge.bottom), edge.top);
      }
    }
    outX = Math.max(outX, -seen.left, seen.right - innerWidth);
    outY = Math.max(outY, -seen.top, seen.bottom - innerHeight);
    return { seen, outX, outY, by };
  };
  const isSeen = (box: Box): boolean => box.right - box.left > 1 && box.bottom - box.top > 1;

  if (document.documentElement.scrollWidth > document.documentElement.clientWidth)
    found.push('the page scrolls sideways');
  for (const element of document.querySelectorAll('*')) {
    const { overflowX } = getComputedStyle(element);
    if (overflowX !== 'auto' && overflowX !== 'scroll') continue;
    const over = element.scrollWidth - element.clientWidth;
    if (over > SLACK && !element.hasAttribute('data-scrolls-sideways') && !isLeftOut(element))
      found.push(`scrolls sideways by ${over}: ${nameOf(element)}`);
  }

  const texts: { element: Element; box: Box }[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const element = node.parentElement;
    if (element === null || (node.textContent ?? '').trim() === '' || isLeftOut(element) || isClipPath(element))
      continue;
    if (element.closest('svg, style, script, option, .is-printed-only') !== null) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    if (box.width === 0) continue;
    const { left, top, right, bottom } = box;
    let cutting: Element | null = element;
    while (cutting !== null && getComputedStyle(cutting).display === 'inline') cutting = cutting.parentElement;
    const hasDots = cutting !== null && getComputedStyle(cutting).textOverflow === 'ellipsis';
    if (hasDots && cutting !== null && cutting.scrollWidth > cutting.clientWidth + 1) {
      found.push(`cut with dots: ${nameOf(cutting)}`);
      continue;
    }
    if (cutting !== null && getComputedStyle(cutting).webkitLineClamp !== 'none') {
      if (cutting.scrollHeight > cutting.clientHeight + 2) found.push(`cut after its lines: ${nameOf(cutting)}`);
      continue;
    }
    const { seen, outX, outY, by } = place(element, { left, top, right, bottom });
    if (outX > SLACK) found.push(`text sticks out sideways by ${Math.round(outX)}: ${nameOf(element)}`);
    if (outY > 4)
      found.push(`text sticks out by ${Math.round(outY)} of ${by ? nameOf(by) : 'window'}: ${nameOf(element)}`);
    const holder = element.closest('button, a[href]')?.getBoundingClientRect();
    const isInline = getComputedStyle(element).position !== 'absolute';
    if (holder !== undefined && isInline && (right > holder.right + SLACK || left < holder.left - SLACK))
      found.push(`text leaves its button: ${nameOf(element)}`);
    if (isSeen(seen) && !isAfloat(element)) texts.push({ element, box: seen });
  }
  for (const [index, one] of texts.entries()) {
    for (const other of texts.slice(index + 1)) {
      const wide = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
      const high = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
      if (wide < 3 || high < 5) continue;
      if (one.element.contains(other.element) || other.element.contains(one.element)) continue;
      const x = Math.max(one.box.left, other.box.left) + wide / 2;
      const y = Math.max(one.box.top, other.box.top) + high / 2;
      const top = document.elementsFromPoint(x, y);
      if (top.includes(one.element) && top.includes(other.element))
        found.push(`texts overlap: ${nameOf(one.element)} and ${nameOf(other.element)}`);
    }
  }

  const dock = [...document.querySelectorAll('.shell-dock')].find(isDock);
  for (const element of document.querySelectorAll(CONTROLS)) {
    if (isLeftOut(element) || isClipPath(element)) continue;
    const own = element.getBoundingClientRect();
    if (own.width < 2 || own.height < 2) continue;
    const { left, top, right, bottom } = own;
    const { seen, outX, outY, by } = place(element, { left, top, right, bottom });
    if (outX > SLACK) found.push(`control sticks out sideways by ${Math.round(outX)}: ${nameOf(element)}`);
    if (outY > SLACK)
      found.push(`control sticks out by ${Math.round(outY)} of ${by ? nameOf(by) : 'window'}: ${nameOf(element)}`);
    const isWhole = seen.right - seen.left > own.width - 2 && seen.bottom - seen.top > own.height - 2;
    if (!isWhole || getComputedStyle(element).pointerEvents === 'none') continue;
    const answers = (x: number, y: number): boolean => {
      const hit = document.elementFromPoint(x, y);
      if (hit === null) return false;
      const label = hit.closest('label');
      return element.contains(hit) || hit.contains(element) || label?.contains(element) === true;
    };
    const x = (left + right) / 2;
    const y = (top + bottom) / 2;
    // What passes under the docked button is reached by scrolling on.
    if (dock !== undefined && bottom > dock.getBoundingClientRect().top && !dock.contains(element)) continue;
    for (const [cornerX, cornerY] of [
      [x, y],
      [left + 6, y],
      [right - 6, y],
      [x, top + 4],
      [x, bottom - 4],
    ] as const) {
      if (answers(cornerX, cornerY)) continue;
      const hit = document.elementFromPoint(cornerX, cornerY);
      if (
        hit !== null &&
        (hit.closest('.app-strip, [class*=ui-toast]') !== null || (isAfloat(hit) && !isAfloat(element)))
      )
        continue;
      found.push(`covered: ${nameOf(element)} by ${hit === null ? 'nothing' : nameOf(hit)}`);
      break;
    }
    if (getComputedStyle(element).display === 'inline') continue;
    // A hit area may be larger than what is drawn: it is felt for around the middle. A frame of a pixel belongs to it.
    const measured = own.width / Math.max(1, (element as HTMLElement).offsetWidth ?? own.width);
    const scale = Number.isFinite(measured) ? measured : 1;
    const least = (targetPixels - 2) * scale - 0.5;
    const half = targetPixels * (scale / 2) - 1.5 * scale;
    const reach = (dx: number, dy: number): boolean => {
      const hit = document.elementFromPoint(x + dx * half, y + dy * half);
      // A notice over it goes by itself.
      if (hit === null || hit.closest('[class*=ui-toast]') !== null) return true;
      return element.contains(hit) || hit.closest('label')?.contains(element) === true;
    };
    const isWide = own.width >= least || (reach(-1, 0) && reach(1, 0));
    const isHigh = own.height >= least || (reach(0, -1) && reach(0, 1));
    if (!isWide || !isHigh)
      found.push(`small target ${Math.round(own.width / scale)}×${Math.round(own.height / scale)}: ${nameOf(element)}`);
  }
  return [...new Set(found)];
}
