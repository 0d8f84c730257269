import type { IsoDate } from '@platform/kernel';

export interface NoticeFacts {
  title: string;
  documentNumber: string | null;
  effectOn: IsoDate;
  reason: string;
  replacement: { title: string; documentNumber: string | null } | null;
  transition: string;
}

const chineseDay = (day: IsoDate): string => {
  const [year, month, date] = day.split('-').map(Number);
  return `${year}年${month}月${date}日`;
};
const named = ({ title, documentNumber }: { title: string; documentNumber: string | null }): string => `《${title}》${documentNumber ? `（${documentNumber}）` : ''}`;
const sentence = (text: string): string => (/[。！？]$/.test(text) ? text : `${text}。`);

/** The code under which a department numbers its notices: that of its documents without the mark of a normative one. `滨工信规` → `滨工信公告`. */
export const noticeCode = (documentCode: string): string => `${documentCode.replace(/规$/, '')}公告`;

/** The notice as it is called in a list. */
export const noticeTitle = (title: string): string => `关于废止《${title}》的公告`;

/** A notice of abolition (废止公告) from what the case says; in Chinese, as documents are. */
export function drawUpNotice({ title, documentNumber, effectOn, reason, replacement, transition }: NoticeFacts): string {
  return [
    `${reason.trim() ? `${reason.trim().replace(/[。！？]$/, '')}，` : ''}现决定：${named({ title, documentNumber })}自${chineseDay(effectOn)}起废止。`,
    replacement && `自同日起，有关事项按照${named(replacement)}执行。`,
    transition.trim() && sentence(transition.trim()),
    '特此公告。',
  ].filter(Boolean).join('\n');
}
