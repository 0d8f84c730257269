import type { OpinionContent } from './opinion-type';

/** Somebody at a hearing or symposium, with what they said there. */
export interface ParticipantContent {
  kind: 'enterprise' | 'resident';
  name: string;
  represents?: string;
  standpoint: 'support' | 'oppose' | 'suggest';
  /** Why they want to take part, or were asked to. */
  reason: string;
  /** Why they were not chosen; who has none takes part. */
  declined?: string;
  signature?: 'refused';
  note?: string;
  said?: Pick<OpinionContent, 'stance' | 'clauseId' | 'text' | 'disposition' | 'reason'>;
}

export interface OccasionContent {
  kind: 'hearing' | 'symposium';
  title: string;
  place: string;
  agenda: string;
  /** Days after the announcement, and the time of that day. */
  after: number;
  time: string;
  /** Of one that people sign up for: how many seats, by what rule, and on which day after the announcement signing up ends. Without, people are asked. */
  open?: { seats: number; rule: string; until: number };
  people: readonly ParticipantContent[];
  /** What happened there; without it the demonstration leaves it ahead. */
  proceedings?: string;
}

export interface LetterContent {
  channel: 'letter' | 'email';
  authorKind: 'enterprise' | 'resident' | 'anonymous';
  authorName?: string;
  clauseId?: string;
  stance: 'support' | 'oppose' | 'suggest';
  text: string;
  reference: string;
}

/** The hearing on the trial of low-altitude routes, a major decision: held, its minutes signed, every statement answered. Fictitious. */
export const routesHearing: OccasionContent = {
  kind: 'hearing', title: '城区低空物流航线试点方案听证会', place: '明川市政务服务中心三楼听证室',
  agenda: '一、起草部门说明方案和依据；二、参加人陈述意见；三、起草部门回应；四、参加人核对笔录并签字。',
  after: 18, time: '14:30:00', open: { seats: 5, rule: '按利益相关程度选择：航线下方居民不少于二名，物流企业不超过二名；同一立场报名人数超过名额的，按报名先后选择。', until: 7 },
  people: [
    {
      kind: 'resident', name: '林望舒', represents: '北苑社区居民', standpoint: 'oppose', reason: '住在第二条航线下方，担心噪声影响休息。',
      said: { stance: 'oppose', clauseId: 'art_7', text: '夜间二十二时以后才停飞太晚，老人和孩子睡得早，希望提前到二十时。', disposition: 'not_adopted', reason: '未采纳。夜间时段与国家声环境标准的划分一致；二十时至二十二时的飞行架次将按投诉情况逐季度核减并公布。' },
    },
    {
      kind: 'resident', name: '陈以恒', represents: '滨河小区业主代表', standpoint: 'suggest', reason: '希望了解坠落时怎么赔偿。',
      said: { stance: 'suggest', clauseId: 'art_4', text: '赔偿限额五百万元是一次事故的总额，如果伤到多人够不够，希望写明由谁先行垫付。', disposition: 'noted', reason: '已转风险评估单位，将责任保险限额和先行赔付作为专门问题评估，评估结论公布时一并答复。' },
    },
    {
      kind: 'enterprise', name: '明川禾物物联网技术有限公司', standpoint: 'support', reason: '计划参加试点，希望说明运行安全措施。', signature: 'refused', note: '参加人认为笔录遗漏了其对气象条件的补充说明，经核对录音后已补入，参加人未再签字。',
      said: { stance: 'support', clauseId: 'art_6', text: '赞成把气象条件写成停飞条件，并建议各企业共用一套气象数据。', disposition: 'noted', reason: '气象数据的共用方式由三条航线的运行协议约定，方案不重复规定。' },
    },
    { kind: 'enterprise', name: '远渡智能终端（明川）有限公司', standpoint: 'support', reason: '生产航空器部件，想了解机型要求。', declined: '支持方名额已由报名在先的企业担任，可以书面提交意见。' },
  ],
  proceedings: '听证会由主持人宣布事由和纪律。起草部门说明了三条航线的走向、时段和安全措施。三名参加人依次陈述，起草部门逐一回应。主持人宣读笔录要点，参加人核对笔录。',
};

/** Held: traders who were asked, with their signatures. */
export const tradersSymposium: OccasionContent = {
  kind: 'symposium', title: '集贸市场经营者座谈会', place: '明川市东门集贸市场会议室', agenda: '听取经营者对承诺事项、公平秤校准周期和抽查安排的意见。', after: 2, time: '15:00:00',
  people: [
    {
      kind: 'enterprise', name: '明川白鹭餐饮管理有限公司', standpoint: 'support', reason: '每天在市场大宗采购，受邀参加。',
      said: { stance: 'support', clauseId: 'art_4', text: '我们每天在市场采购，承诺公布以后愿意优先选择承诺的摊位。', disposition: 'noted', reason: '感谢支持。' },
    },
    {
      kind: 'resident', name: '周安禾', represents: '东门集贸市场水产摊主', standpoint: 'suggest', reason: '经营水产二十年，受邀参加。',
      said: { stance: 'suggest', clauseId: 'art_4', text: '水产带水称重，“不计包装”之外希望写明沥水多久再称。', disposition: 'noted', reason: '将在配套的操作指引中说明。' },
    },
    {
      kind: 'resident', name: '吴佳木', represents: '东门集贸市场蔬菜摊主', standpoint: 'oppose', reason: '对检定安排有顾虑，受邀参加。',
      said: { stance: 'oppose', clauseId: 'art_6', text: '校准的时候市场要停秤半天，希望安排在收市以后。', disposition: 'noted', reason: '校准时间由开办者与经营者商定。' },
    },
  ],
  proceedings: '会议介绍了办法草案。经营者就沥水称重、校准时间和标识样式发言。起草部门说明将把可操作的内容写进操作指引，并在征求意见结束后统一公布采纳情况。参加人当场核对纪要并签字。',
};

/** Ahead on the demonstration's first day: its people are chosen and have their materials. */
export const pledgesHearing: OccasionContent = {
  kind: 'hearing', title: '商品计量诚信承诺实施办法听证会', place: '明川市市场监督管理局一楼大会议室',
  agenda: '一、起草部门说明；二、经营者、消费者代表陈述；三、起草部门回应；四、核对笔录并签字。',
  after: 18, time: '14:30:00', open: { seats: 6, rule: '经营者、消费者各不超过三名；每种立场至少一名；同一立场超过名额的，按报名先后选择。', until: 3 },
  people: [
    { kind: 'resident', name: '郑清扬', represents: '消费者', standpoint: 'support', reason: '经常在集贸市场买菜，希望短少补足写得更明确。' },
    { kind: 'enterprise', name: '明川白鹭餐饮管理有限公司', standpoint: 'suggest', reason: '大宗采购，建议公平秤增加大称量档位。' },
    { kind: 'resident', name: '孔南星', represents: '东门集贸市场摊主', standpoint: 'oppose', reason: '担心撤下标识会被误认为处罚。' },
    { kind: 'resident', name: '曹致和', represents: '消费者', standpoint: 'support', reason: '想旁听并提意见。', declined: '支持方名额已由报名在先者担任；会议公开举行，可以旁听。' },
  ],
};

/** Signing up for it runs on the demonstration's first day. */
export const customersSymposium: OccasionContent = {
  kind: 'symposium', title: '消费者座谈会', place: '明川市消费者服务站（中山路）', agenda: '听取消费者对短少补足和投诉公布方式的意见。', after: 12, time: '09:30:00',
  open: { seats: 12, rule: '按报名先后选择，照顾不同片区。', until: 8 },
  people: [{ kind: 'resident', name: '严晓棠', represents: '消费者', standpoint: 'suggest', reason: '希望投诉结果能按摊位查询。' }],
};

/** Two letters and a mail to the department; what came by them stands beside what came through the website. */
export const letters: readonly LetterContent[] = [
  {
    channel: 'letter', authorKind: 'resident', authorName: '华文澜', clauseId: 'art_6', stance: 'suggest', reference: '收文〔2026〕118号',
    text: '公平秤半年校准一次间隔太长，夏天潮湿容易不准，建议改为每三个月校准一次，并把校准人写在公示牌上。',
  },
  {
    channel: 'email', authorKind: 'enterprise', authorName: '明川白鹭餐饮管理有限公司', clauseId: 'art_3', stance: 'support', reference: '征求意见专用邮箱',
    text: '支持自愿承诺、不收费用。我公司七家门店愿意首批提交承诺书，希望平台提供批量提交。',
  },
  { channel: 'letter', authorKind: 'anonymous', stance: 'oppose', reference: '收文〔2026〕126号', text: '市场里真正短秤的人不会来承诺，写了也没用，不如多派人来查。' },
];

const post = (author: OpinionContent['author'], stance: OpinionContent['stance'], clauseId: string | null, text: string): Pick<OpinionContent, 'author' | 'stance' | 'clauseId' | 'text'> => ({ author, stance, clauseId, text });

/** What came through the website; the three on the scales were passed around. */
export const pledgesOpinions = [
  post({ kind: 'resident', index: 0 }, 'suggest', 'art_6', '公平秤应当每三个月校准一次，校准结果贴在秤旁边，让大家都看得到。'),
  post({ kind: 'anonymous' }, 'suggest', 'art_6', '建议公平秤每三个月校准一次，校准结果贴在秤旁边，让大家都看得到。'),
  post({ kind: 'resident', index: 2 }, 'suggest', 'art_6', '公平秤应当每三个月校准一次，校准结果要贴在秤旁边，让大家都能看到！'),
  post({ kind: 'enterprise', index: 5 }, 'support', 'art_4', '支持结算重量不含包装，希望同时公布常用包装的标准重量，方便门店执行。'),
  post({ kind: 'anonymous' }, 'oppose', 'art_7', '降低抽查比例会让人钻空子，承诺归承诺，检查不能少。'),
  post({ kind: 'resident', index: 1 }, 'support', null, '总体支持。买菜的人最怕缺斤少两，有承诺、有公示就放心多了。'),
] as const;
