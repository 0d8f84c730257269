import type { Provision } from '../provision';

const DATE = /^([0-9]{4})\s*年\s*([0-9]{1,2})\s*月\s*([0-9]{1,2})\s*日$/;
const ORGAN = /^[^，。、；：！？“”《》（）()0-9]{4,60}(?:局|厅|部|委|委员会|政府|办公室|办公厅|办事处|中心|法院|检察院|总队|支队|统战部|学院|大学|集团|公司)$/;
const TITLE_ORGAN = /^([^，。、；：！？“”《》（）()]{4,40}?(?:局|厅|部|委|委员会|政府|办公室|办公厅|办事处|中心))(?=关于)/;
const MOST_ORGANS = 8;

/** What the layout needs of a provision. */
export type SourceProvision = Pick<Provision, 'kind' | 'label' | 'text' | 'lead'>;

/** Organs and day under a text, and the provisions that they are taken from. */
export interface Signature {
  from: number;
  to: number;
  organs: string[];
  /** As written in the text, without white space. */
  date: string;
}

/** Finds the first day that stands alone in its line under the name of an organ. */
export function findSignature(provisions: readonly SourceProvision[]): Signature | null {
  for (const [to, provision] of provisions.entries()) {
    if (!plain(provision) || !DATE.test(provision.text.trim().replace(/\s+/g, ''))) continue;
    let from = to;
    while (from > 0 && to - from < MOST_ORGANS && isOrgan(provisions[from - 1])) from -= 1;
    if (from === to) continue;
    const organs = provisions.slice(from, to).flatMap((line) => line.text.trim().split(/\s{2,}|　+/));
    return { from, to, organs: organs.map((organ) => organ.replace(/\s+/g, '')), date: provision.text.replace(/\s+/g, '') };
  }
  return null;
}

const plain = (provision: SourceProvision | undefined): provision is SourceProvision => provision?.kind === 'paragraph' && provision.label === '';
const isOrgan = (provision: SourceProvision | undefined): boolean => plain(provision) && ORGAN.test(provision.text.trim().replace(/\s+/g, ''));

/** The organ that a title begins with: 某市某局关于…的通知. */
export function issuerOfTitle(title: string): string | null {
  return TITLE_ORGAN.exec(title.replace(/\s+/g, ''))?.[1] ?? null;
}

/** Whether a line names the addressees 主送机关: the first of the text, ending in a colon. */
export function addressed(provisions: readonly SourceProvision[], at: number): boolean {
  const provision = provisions[at];
  if (!plain(provision) || !/[:：]$/.test(provision.text) || provision.text.length > 200 || /[。；]/.test(provision.text)) return false;
  return !/^附件|如下|下列/.test(provision.text) && provisions.slice(0, at).every((p) => p.kind === 'clutter' || p.kind === 'title' || p.text.length <= 60)
    && at < 15 && /(?:政府|局|委|委员会|部门|单位|机构|企业|学校|幼儿园|中心|办|厅|公司|院|区|县|镇|街道|街|所|会)\s*[:：]$/.test(provision.text);
}

/** The organs of 抄送：…; null for any other line. */
export function copiesOf(text: string): string | null {
  return /^抄\s*送\s*[:：]\s*([\s\S]+)$/.exec(text.trim())?.[1] ?? null;
}

/** 附件：1.… under a text. */
export const isAnnexList = (text: string): boolean => /^附\s*件\s*[:：]/.test(text);
