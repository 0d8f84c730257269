import type { Proposal } from '@domains/ledger';
import type { CityCode } from './keys';
import type { IsoDate } from '@platform/kernel';

/** What a department proposes for the documents whose title has these words; it keeps what nobody names. */
export interface ProposedContent {
  words: string;
  proposal: Proposal;
  reason: string;
  amendWhat?: string;
  amendBy?: IsoDate;
}

export interface CleanupContent {
  city: CityCode;
  title: string;
  trigger: 'periodic' | 'statute';
  reason: string;
  opens: IsoDate;
  /** Days from the opening to the last day for proposals, and to that for the check. */
  days: { propose: number; check: number };
  proposals: readonly ProposedContent[];
  /** Departments that leave their list undone, by key. */
  undone: readonly string[];
  /** How it ends; one without a decision is left as it stands. */
  decision?: { on: IsoDate; number: string; text: string };
}

/** Everything here is made up. */
export const CLEANUPS: readonly CleanupContent[] = [
  {
    city: '999901', title: '2026年度行政规范性文件清理', trigger: 'periodic', reason: '距上一次集中清理已满两年，按规定开展定期清理。', opens: '2026-02-09', days: { propose: 21, check: 42 },
    proposals: [{ words: '信用', proposal: 'amend', reason: '第九条增加了申请人的义务，缺少上位依据。', amendWhat: '删去第九条，信用修复后恢复受理。', amendBy: '2026-12-31' }], undone: [],
    decision: { on: '2026-05-12', number: '云政发〔2026〕8号', text: '经清理，现将继续有效、废止和失效、拟修改的行政规范性文件目录予以公布。未列入继续有效目录的文件，不得作为行政管理的依据。' },
  },
  {
    city: '999901', title: '公平竞争审查存量文件专项清理', trigger: 'statute', reason: '《公平竞争审查条例》施行后，对涉及经营主体经济活动的现行文件逐件复核。', opens: '2026-05-20', days: { propose: 21, check: 35 },
    proposals: [
      { words: '专项资金', proposal: 'amend', reason: '申报条件对外地经营主体有不合理限制。', amendWhat: '删去本地注册满一年的条件。', amendBy: '2026-11-30' },
      { words: '创业', proposal: 'keep', reason: '已按新条例审查，没有妨碍公平竞争的内容。' },
    ], undone: ['market'],
  },
];
