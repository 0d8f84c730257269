/** A matter that a department sends in for the city's plan. */
export interface PlannedMatter {
  department: string;
  title: string;
  reason: string;
  basis: string;
  /** `YYYY-MM`. */
  dueMonth: string;
  /** What the city makes of it; it is simply listed without one. */
  fate?: 'joint' | 'moved' | 'refused';
}

/** Matters of the plan that no policy has come of yet. All fictitious. */
export const OTHER_MATTERS: readonly PlannedMatter[] = [
  {
    department: 'industry', title: '明川市数据要素流通交易促进办法', dueMonth: '2026-11', fate: 'joint',
    reason: '企业反映公共数据取得难、交易规则不明，需要统一流通规则。', basis: '市政府年度重点工作。内容纯属虚构。',
  },
  {
    department: 'market', title: '明川市公共数据授权经营监管规定', dueMonth: '2026-10', fate: 'joint',
    reason: '授权经营已经试点一年，需要把监管要求固定下来。', basis: '试点评估报告。内容纯属虚构。',
  },
  { department: 'market', title: '明川市食品小作坊登记管理办法', dueMonth: '2026-04', reason: '登记条件各区不一，群众办事往返多次。', basis: '上位条例授权。内容纯属虚构。' },
  { department: 'labour', title: '明川市零工市场管理规定', dueMonth: '2026-09', fate: 'moved', reason: '零工市场数量增加，收费和信息发布没有规则。', basis: '市人大代表建议。内容纯属虚构。' },
  { department: 'justice', title: '明川市行政调解工作规则', dueMonth: '2026-08', fate: 'refused', reason: '统一各部门行政调解的受理和记录。', basis: '年度工作要点。内容纯属虚构。' },
];
