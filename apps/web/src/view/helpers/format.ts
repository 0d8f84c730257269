import { chinaDate, formatYuan } from '@platform/kernel';
import type { Lang } from '../lang';

const MONTHS = [
  'January', 'February', 'March', 'April', 'May', 'June',
  'July', 'August', 'September', 'October', 'November', 'December',
];
const DAY_MS = 86_400_000;
const YUAN = 100;
const WAN = 10_000 * YUAN;
const YI = 10_000 * WAN;

/** A moment as templates get it: an instant (Date or ISO 8601), or a calendar day `YYYY-MM-DD`. */
export type Moment = Date | string;

const isDay = (value: Moment): value is string => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value);

/** The calendar day in Asia/Shanghai as `YYYY-MM-DD`; refuses what is not a date. */
export function dayOf(value: Moment): string {
  if (isDay(value)) return value;
  const instant = new Date(value);
  if (Number.isNaN(instant.getTime())) throw new RangeError(`not a date: ${String(value)}`);
  return chinaDate(instant);
}

/** `2026年3月1日` or `1 March 2026`, the day in Asia/Shanghai. */
export function formatDate(value: Moment, lang: Lang): string {
  const [year, month, day] = dayOf(value).split('-').map(Number) as [number, number, number];
  return lang === 'zh' ? `${year}年${month}月${day}日` : `${day} ${MONTHS[month - 1]} ${year}`;
}

/** `2026年3月1日 17:30` or `1 March 2026, 17:30`, in Asia/Shanghai. A calendar day has no time and is shown without. */
export function formatDateTime(value: Moment, lang: Lang): string {
  const date = formatDate(value, lang);
  if (isDay(value)) return date;
  const time = new Date(new Date(value).getTime() + 8 * 3_600_000).toISOString().slice(11, 16);
  return lang === 'zh' ? `${date} ${time}` : `${date}, ${time}`;
}

/** Whole calendar days in Asia/Shanghai from now until a day: 0 is today, negative is past. */
export function daysUntil(value: Moment, now: Date): number {
  return Math.round((Date.parse(dayOf(value)) - Date.parse(chinaDate(now))) / DAY_MS);
}

/** Groups a number by three: `61,693`; keeps decimals as they are. */
export function formatNumber(value: number): string {
  const [whole = '', rest] = String(value).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return rest === undefined ? grouped : `${grouped}.${rest}`;
}

/**
 * Money from fen: `12.5万元`, `1.25亿元`, `5,000元`; in English `CNY 125,000`. Never rounds: an amount that 万 or 亿 cannot
 * show with two decimals is written out in the next smaller unit.
 */
export function formatMoney(fen: number, lang: Lang): string {
  if (!Number.isSafeInteger(fen)) throw new RangeError(`not an amount in fen: ${fen}`);
  const sign = fen < 0 ? '-' : '';
  const amount = Math.abs(fen);
  if (lang === 'en') return `${sign}CNY ${formatYuan(amount)}`;
  if (amount >= YI && amount % (YI / 100) === 0) return `${sign}${formatNumber(amount / YI)}亿元`;
  if (amount >= WAN && amount % (WAN / 100) === 0) return `${sign}${formatNumber(amount / WAN)}万元`;
  return `${sign}${formatYuan(amount)}元`;
}
