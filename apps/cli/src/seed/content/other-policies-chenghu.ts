import type { OtherPolicyContent } from './other-policy-type';
import { readText } from './text';

/** Policies of the second city. */
export const chenghuPolicies: readonly OtherPolicyContent[] = [
  {
    key: 'ch-digital-shops', city: '999902', department: 'industry', state: 'published', kind: 'normative_document', affectsMarket: true,
    title: '澄湖市中小商户数字化服务券管理办法', titleEn: 'Chenghu Measures on Digital Service Vouchers for Small Shops',
    summary: '小型微型企业和个体工商户购买数字化服务，可以用服务券抵扣不超过一半的费用，每年最高一万元；服务机构自愿加入、商户自由选择。',
    topics: ['产业扶持', '数字经济'], audience: ['小微企业', '个体工商户'],
    text: readText('ch-digital-shops'),
    draftingNote: '本市中小商户数字化工具使用率偏低，主要原因是一次投入较高、担心数据被锁定。本办法以服务券分担费用，要求服务机构承诺数据可以导出；服务机构不限数量和注册地，符合公平竞争要求。',
    interpretation: '问：谁可以领？答：在本市经营的小型微型企业和个体工商户（第三条）。问：能抵多少？答：不超过服务费用的一半，每年最高一万元（第四条）。问：必须用指定的服务商吗？答：不，您自由选择（第七条）。问：领的人太多怎么办？答：公开摇号，过程可以查询（第六条）。',
    purpose: '本办法拟用服务券帮助中小商户购买数字化服务。商户自由选择服务机构，任何单位不得指定。我们想听您说：最需要哪些服务。',
    validYears: 3,
    evaluation: {
      conclusion: 'keep',
      summary: '办法施行以来发放服务券一千六百余张，惠及商户九百余户，加入的服务机构二十七家，其中外地机构九家。商户最常购买的是收银和库存服务。',
      reason: '政策目标清楚、执行公平、商户评价较好，建议继续执行，并在下一年度增加面额较小的服务券。',
      ratings: {
        department: { rating: 86, evidence: '抽查兑付档案一百二十份，服务真实，平均兑付用时十一个工作日。' },
        authority: { rating: 84, evidence: '服务机构加入没有地域和数量限制，没有发现指定交易的情形。' },
        enterprises: { rating: 89, evidence: '回收商户问卷二百六十份，八成以上认为节省了时间，九成愿意继续使用。' },
      },
    },
  },
  {
    key: 'ch-lake-food', city: '999902', department: 'market', state: 'consulting', kind: 'normative_document', affectsMarket: true,
    title: '澄湖市环湖餐饮明码标价提示办法', titleEn: 'Chenghu Measures on Clear Prices in Lakeside Restaurants',
    summary: '环湖步道沿线餐饮应当写清计价单位和称重时点，点餐前提示附加收费，调价先换标价。',
    topics: ['市场监管', '消费维权'], audience: ['餐饮经营者', '游客'],
    text: readText('ch-lake-food'),
    draftingNote: '节假日环湖餐饮的价格投诉集中在水产品称重和附加收费。本办法细化标价提示方式，不限制经营者自主定价，样式自愿使用。',
    interpretation: null,
    purpose: '本办法拟要求环湖餐饮写清价格怎么算、附加收费有哪些。价格由经营者自己定，只是要提前说清楚。我们想听您说：哪些标价最容易让人误会。',
    validYears: 5,
  },
  {
    key: 'ch-mediation', city: '999902', department: 'justice', state: 'drafting', kind: 'normative_document', affectsMarket: false,
    title: '澄湖市行业性专业性人民调解工作办法', titleEn: 'Chenghu Measures on Mediation in Trades and Professions',
    summary: '规范物业、旅游、劳动等领域的人民调解：免费自愿、利害关系回避、三十日办结、引导司法确认。',
    topics: ['公共法律服务'], audience: ['居民', '企业'],
    text: readText('ch-mediation'),
    draftingNote: '行业性纠纷专业性强，现有调解组织的人员和程序参差不齐。本办法明确调解员培训、回避和办理时限，与司法确认程序衔接。',
    interpretation: null, validYears: 5,
  },
  {
    key: 'ch-job-fair', city: '999902', department: 'labour', state: 'abolished', kind: 'normative_document', affectsMarket: true,
    title: '澄湖市现场招聘会场地补贴办法', titleEn: 'Chenghu Measures on Venue Subsidies for Job Fairs',
    summary: '对公益性现场招聘会按照场地租金的一半给予补贴；因公共招聘场所已经免费开放而废止。',
    topics: ['就业创业'], audience: ['人力资源服务机构'],
    text: readText('ch-job-fair'),
    draftingNote: '为支持公益性现场招聘，本办法按照场地租金的百分之五十给予补贴，每场最高五千元，共八条。',
    interpretation: '举办免费的现场招聘会，参会单位不少于三十家的，可以按照场地租金的一半申请补贴，每场最高五千元，每年不超过十场。',
    purpose: '本办法拟对免费的现场招聘会给予场地补贴。补贴为租金的一半，每场最高五千元。我们想听您说：参会单位的数量要求是否合适。',
    validYears: 5,
    evaluation: {
      conclusion: 'abolish',
      summary: '办法施行以来补贴招聘会四十六场。公共招聘场所免费开放以后，申请数量逐年下降，最近一年仅有三场。',
      reason: '扶持的事项已经由免费场所替代，继续补贴没有必要，建议废止。',
      ratings: {
        department: { rating: 60, evidence: '最近一年支出一万二千元，仅为预算的百分之八。' },
        authority: { rating: 55, evidence: '公共招聘场所全年可以提供免费场次一百八十场，能够满足需求。' },
        enterprises: { rating: 63, evidence: '访谈人力资源服务机构十二家，十家表示已经改用免费场所。' },
      },
    },
    endReason: '市、区公共招聘场所已经向公益性招聘会免费开放，补贴的必要性不再存在。废止前举办的招聘会按照原规定办结。',
  },
];
