import type { PolicyKind } from '@core/policy';
import type { IsoDate } from '@platform/kernel';

/** What a book says itself. A book is an official document and speaks Chinese, like the documents in it. */
export const BOOK_WORDS = { contents: '目　录', byNumber: '按发文字号索引', byTopic: '按主题索引', interpretation: '解读：' };

export const KIND_WORDS: Record<PolicyKind, string> = { normative_document: '行政规范性文件', major_decision: '重大行政决策', policy_document: '政策性文件' };
/** Chapter of what has no topic. */
export const NO_TOPIC = '其他';

const dayWords = (day: IsoDate): string => {
  const [year, month, date] = day.split('-').map(Number);
  return `${year}年${month}月${date}日`;
};

export const yearChapter = (year: string): string => `${year}年发布`;
export const asOf = (on: IsoDate, count: number): string => `${dayWords(on)}现行有效文件　共${count}件`;

/** From when and until when a document holds, as it stands under its number. */
export function validityNote({ effectiveFrom, effectiveTo, endedOn }: { effectiveFrom: IsoDate; effectiveTo: IsoDate | null; endedOn: IsoDate | null }): string {
  const parts = [`自${dayWords(effectiveFrom)}起施行`];
  if (effectiveTo) parts.push(`有效期至${dayWords(effectiveTo)}`);
  if (endedOn) parts.push(`自${dayWords(endedOn)}起废止或者被替代`);
  return parts.join('，');
}
