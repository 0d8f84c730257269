import type { DepartmentKey } from './keys';

/** What a department answers; `on` is the number of the clause in the text, none for the text as a whole. */
export interface ReplyContent {
  department: DepartmentKey;
  /** Days after the letter. */
  after: number;
  stance: 'no_comment' | 'comments' | 'disagree';
  statement: string;
  opinions: readonly { on: string | null; text: string; handling?: { disposition: 'adopted' | 'partly' | 'not_adopted'; reason: string; changed?: string } }[];
}

export interface CirculationContent {
  letter: string;
  departments: readonly DepartmentKey[];
  workingDays: number;
  replies: readonly ReplyContent[];
  /** Attempts to settle what a department disagrees with. */
  coordination: readonly { department: DepartmentKey; after: number; level: 'departments' | 'coordinator'; outcome: 'unresolved' | 'agreed'; participants: string; minutes: string }[];
}

/** A finished one: two departments replied, both after the day that was set, and every opinion was dealt with. Fictitious. */
export const finishedCirculation: CirculationContent = {
  letter: '现就《明川市新一代信息技术产业发展专项资金管理办法（征求意见稿）》征求意见。请重点研究资金条件与上位规定的衔接，以及申报条件是否符合公平竞争审查标准。',
  departments: ['justice', 'market'], workingDays: 7,
  replies: [
    { department: 'justice', after: 10, stance: 'no_comment', statement: '经研究，无不同意见。', opinions: [] },
    {
      department: 'market', after: 14, stance: 'comments', statement: '总体同意，建议对申报条件作如下修改。',
      opinions: [
        { on: 'art_18', text: '登记注册年限和登记注册地的要求可能构成市场准入障碍，建议删去。', handling: { disposition: 'adopted', reason: '采纳。改为要求在本市有固定的研发、生产或者经营场所。', changed: 'art_18' } },
        { on: 'art_18', text: '营业收入门槛建议不适用于初创企业。', handling: { disposition: 'partly', reason: '部分采纳。门槛保留用于技术攻关和技术改造方向，其他方向不作要求。', changed: 'art_18' } },
        { on: null, text: '建议专项资金由市场监管部门参与评审。', handling: { disposition: 'not_adopted', reason: '评审专家随机抽取，部门不参与评分，以保证结果可以复核。' } },
      ],
    },
  ],
  coordination: [],
};

/** One on its way: one department replied with comments, one let its day pass, one disagrees and waits to confirm what was agreed. Fictitious. */
export const openCirculation: CirculationContent = {
  letter: '现就《明川市商品计量诚信承诺实施办法》征求意见。请结合本部门职责，重点研究承诺事项、抽查比例和违反承诺的处理。',
  departments: ['industry', 'labour', 'justice'], workingDays: 7,
  replies: [
    {
      department: 'industry', after: 5, stance: 'comments', statement: '原则同意。',
      opinions: [
        { on: 'art_4', text: '建议增加电子秤软件不得改动的承诺。', handling: { disposition: 'not_adopted', reason: '第四条第一项“依法检定合格”已经包括软件完整性，不重复规定。' } },
        { on: 'art_6', text: '公平秤建议每三个月校准一次。' },
      ],
    },
    {
      department: 'justice', after: 6, stance: 'disagree', statement: '对降低抽查比例的规定有不同意见。',
      opinions: [{ on: 'art_7', text: '降低抽查比例涉及法定监督检查职责的调整，规范性文件不宜作出规定，建议删去第一款。' }],
    },
  ],
  coordination: [
    { department: 'justice', after: 12, level: 'departments', outcome: 'unresolved', participants: '市市场监管局计量科、市司法局规范性文件审查科', minutes: '争议的主要问题是抽查比例能否由规范性文件规定。起草部门认为属于裁量范围内的方式调整，司法局认为缺少上位依据。双方没有取得一致，提请牵头协调。' },
    { department: 'justice', after: 16, level: 'coordinator', outcome: 'agreed', participants: '市政府办公室（牵头）、市市场监管局、市司法局', minutes: '同意保留激励导向，把“降低抽查比例”改为“按照信用风险分类结果合理确定抽查比例和频次”，由起草部门修改后送司法局确认。' },
  ],
};
