import type { NoteSection } from '@core/policy';

/** How a section of the drafting note may be headed; a heading is a line of its own, numbered or not. */
const HEADINGS: Readonly<Record<NoteSection | 'consultation', readonly string[]>> = {
  necessity: ['制定的必要性', '必要性', '制定背景和必要性', '决策的必要性', '起草背景', '制定背景'],
  basis: ['制定依据', '依据', '制定的依据', '决策依据'],
  content: ['主要内容', '主要措施', '主要内容和措施', '决策的主要内容'],
  consultation: ['征求意见情况', '征求意见及采纳情况', '意见采纳情况'],
};

const bare = (line: string): string => line.trim().replace(/^(#+|[（(]?[一二三四五六七八九十\d]+[）)]?[、.．]?)\s*/, '').replace(/[：:。]?\s*$/, '');

/** The sections of a drafting note with words under them. The note stays one text, so that nothing of it is lost by reading it. */
export function sectionsOf(note: string): ReadonlySet<NoteSection | 'consultation'> {
  const found = new Set<NoteSection | 'consultation'>();
  let open: NoteSection | 'consultation' | null = null;
  for (const line of note.split('\n')) {
    const heading = (Object.keys(HEADINGS) as (keyof typeof HEADINGS)[]).find((section) => HEADINGS[section].includes(bare(line)));
    if (heading) open = heading;
    else if (open && line.trim() !== '') found.add(open);
  }
  return found;
}
