import { changes, revise } from './changes';
import { pictures } from './pictures';
import { readText } from './text';

/** The draft as it went to the public: 8 chapters, 49 articles. */
export const firstText = readText('industry-policy');

/** The text after the consultation: the first one with `changes`. */
export const secondText = revise(firstText, changes);

/** The full-size policy of 明川市工业和信息化局, fictitious like its city. */
export const industryPolicy = {
  key: 'industry-fund',
  city: '999901',
  department: 'industry',
  kind: 'normative_document',
  affectsMarket: true,
  title: '明川市新一代信息技术产业发展专项资金管理办法',
  titleEn: 'Mingchuan Measures for the Special Fund for the Next-Generation Information Technology Industry',
  summary: '规定市级专项资金支持新一代信息技术产业的方向、标准、条件和程序：八类支持方向，专家随机抽取、可以复核重现，公示期不少于七个工作日，资金直接拨付到项目单位，有效期三年。',
  summaryEn: 'What the city pays for in next-generation information technology, how much, on what conditions and by which procedure: eight kinds of support, experts drawn at random in a way that anyone can replay, public notice of at least seven working days, payment straight to the project’s account; in force for three years.',
  topics: ['产业扶持', '科技创新', '专项资金'],
  audience: ['企业', '科研机构', '行业协会'],
  validYears: 3,
  texts: [firstText, secondText],
  changes,
  draftingNote: readText('industry-drafting-note'),
  consultation: {
    title: '关于《明川市新一代信息技术产业发展专项资金管理办法（征求意见稿）》公开征求意见',
    /** Calendar days; 优化营商环境条例 art. 62 asks for thirty. */
    days: 31,
    purpose: '本办法拟把分散的产业扶持措施合并为一份文件，写明支持六个领域的八类项目、支持多少和怎样申请。专家由电脑随机抽取，抽取过程任何人都可以复核；资金直接拨付到企业账户。我们最想听到您对申报条件、拨付方式和公示时间的意见，每一条意见都会得到公开的答复。',
    resultText: '征求意见期间共收到意见三十条。其中采纳和部分采纳的意见促成五处修改：扩大新型材料及器件的支持范围，取消登记注册年限要求，降低营业收入门槛，延长公示期，改为分两期拨付资金。未采纳的意见逐条说明了理由，欢迎继续监督。',
  },
  interpretationPlan: {
    audience: '在本市从事新一代信息技术研究开发和生产经营的企业，重点是首次申报的中小企业',
    keyPoints: '支持哪些领域和项目、支持多少；什么样的企业可以申请；怎样申请、多久有结果；专家怎样抽取、怎样提出异议；征求意见后改了什么。',
    channels: ['website', 'gazette', 'wechat', 'venue'],
  },
  textInterpretation: {
    title: '一问一答：新一代信息技术产业专项资金怎么申请',
    body: readText('industry-interpretation'),
    clauseIds: ['art_3', 'art_9', 'art_10', 'art_18', 'art_20', 'art_22', 'art_26', 'art_31', 'art_34'],
  },
  pictures,
} as const;
