import type { Parameter } from './parameter';

/**
 * Showing and spending: openness and information on request (foi), special funds, villages, web sites, accessibility, print,
 * layout, security and personal information. How `from` was chosen is told in ../../README.md.
 */
export const OPENNESS_PARAMETERS = [
  {
    id: 'open.proactive', value: { max: 20 }, unit: 'wd',
    source: { zh: '《政府信息公开条例》第二十六条', en: 'Regulation on Open Government Information, art. 26' },
    from: '2019-05-15', to: null, confidence: 'S',
  },
  {
    id: 'open.catalogue', value: ['index', 'name', 'summary', 'created'], unit: null,
    source: { zh: '《政府信息公开条例》第十二条', en: 'Regulation on Open Government Information, art. 12' },
    from: '2019-05-15', to: null, confidence: 'S',
  },
  {
    id: 'foi.received', value: { in_person: 'submit', signed_mail: 'sign', plain_mail: 'same-day confirm', 'online|fax': 'both_confirm' }, unit: null,
    source: { zh: '《政府信息公开条例》第三十一条', en: 'Regulation on Open Government Information, art. 31' },
    from: '2019-05-15', to: null, confidence: 'S',
  },
  {
    id: 'foi.correct', value: { notice: 7, once: true, clock: 'restart', no_reply: 'abandoned' }, unit: 'wd',
    source: { zh: '《政府信息公开条例》第三十条', en: 'Regulation on Open Government Information, art. 30' },
    from: '2019-05-15', to: null, confidence: 'S',
  },
  {
    id: 'foi.reply', value: { days: 20, ext_max: 20, ext_needs: ['FOI head', 'notice'], excluded: ['third_party', 'other_organ'] }, unit: 'wd',
    source: { zh: '《政府信息公开条例》第三十三条', en: 'Regulation on Open Government Information, art. 33' },
    from: '2019-05-15', to: null, confidence: 'S',
  },
  {
    id: 'foi.third_party', value: { days: 15, silence: 'organ_decides' }, unit: 'wd',
    source: { zh: '《政府信息公开条例》第三十二条', en: 'Regulation on Open Government Information, art. 32' },
    from: '2019-05-15', to: null, confidence: 'S',
  },
  {
    id: 'foi.coproducer', value: { days: 15, silence: 'consent' }, unit: 'wd',
    source: { zh: '《政府信息公开条例》第三十四条', en: 'Regulation on Open Government Information, art. 34' },
    from: '2019-05-15', to: null, confidence: 'S',
  },
  {
    id: 'foi.outcomes',
    value: ['already_public', 'provide', 'refuse', 'not_exist', 'not_ours', 'repeat', 'special_law', 'partial§37', 'no_reprocessing§38', 'excessive§35', 'not_foi§39'], unit: null,
    source: { zh: '《政府信息公开条例》第三十五条至第三十九条', en: 'Regulation on Open Government Information, arts. 35–39' },
    from: '2019-05-15', to: null, confidence: 'S',
  },
  {
    id: 'foi.fee',
    value: { either_or: true, items_per_month: [[10, 0], [30, 100], ['+10', '+100']], pages: [[30, 0], [100, 10], [200, 20], [null, 40]], progressive: true }, unit: null,
    source: { zh: '《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）第三条至第五条', en: 'Measures on Information Processing Fees (Guo Ban Han [2020] No. 109), arts. 3–5' },
    from: '2021-01-01', to: null, confidence: 'S',
  },
  {
    id: 'foi.annual', value: { department: '01-31', government: '03-31', form: '国办公开办函〔2021〕30号' }, unit: null,
    source: { zh: '《政府信息公开条例》第四十九条、第五十条', en: 'Regulation on Open Government Information, arts. 49–50' },
    from: '2019-05-15', to: null, confidence: 'S',
  },
  {
    id: 'foi.annual.check', value: 'new+carried_in=outcomes+carried_out', unit: null,
    source: { zh: '国办公开办函〔2021〕30号', en: 'Letter Guo Ban Gong Kai Ban Han [2021] No. 30' },
    from: '2022-01-01', to: null, confidence: 'M',
  },
  {
    id: 'fund.draw', value: { random: true, shortage: '党委(组)会议 approval' }, unit: null,
    source: { zh: '中财工〔2021〕11号第二条、第三条；《政府采购法实施条例》第三十九条', en: 'Zhong Cai Gong [2021] No. 11, arts. 2–3; Regulation Implementing the Government Procurement Law, art. 39' },
    from: '2022-01-01', to: null, confidence: 'P',
  },
  {
    id: 'fund.recuse',
    value: { lookback_y: 3, ties: ['employment', 'director', 'supervisor', 'controller'], kin: ['spouse', 'lineal', 'collateral≤3', 'in-law'] }, unit: null,
    source: { zh: '《政府采购法实施条例》第九条（参照）', en: 'Regulation Implementing the Government Procurement Law, art. 9 (by analogy)' },
    from: '2015-03-01', to: null, confidence: 'S',
  },
  {
    id: 'fund.draw_time', value: { before_max: 2 }, unit: 'wd',
    source: { zh: '《政府采购评审专家管理办法》（财库〔2016〕198号）', en: 'Measures on Government Procurement Review Experts (Cai Ku [2016] No. 198)' },
    from: '2017-01-01', to: null, confidence: 'M',
  },
  {
    id: 'fund.publicity', value: { min: 7, set_by: 'tenant' }, unit: 'wd',
    source: { zh: '国家层面无统一期限，由部门规定；未规定的，默认七个工作日', en: 'No national figure: the department sets it; seven working days where it has not' },
    from: '2015-03-01', to: null, confidence: 'M',
  },
  {
    id: 'fund.publicity.analogy', value: { floor: 5 }, unit: 'wd',
    source: { zh: '《政府采购法实施条例》第三十八条（参照）', en: 'Regulation Implementing the Government Procurement Law, art. 38 (by analogy)' },
    from: '2015-03-01', to: null, confidence: 'S',
  },
  {
    id: 'village', value: { general: 'quarter', finance_if_heavy: 'month', major: 'immediate', supervisor_not: 'committee kin' }, unit: null,
    source: { zh: '《村民委员会组织法》第三十条、第三十二条', en: 'Organic Law of the Villagers’ Committees, arts. 30 and 32' },
    from: '2010-10-28', to: null, confidence: 'S',
  },
  {
    id: 'site.veto',
    value: { probe: { days: 7, per_day: 20, slow_s: 15, fail_pct: 5 }, home_stale_d: 14, stale_cols: { news_d: 14, notice_m: 6, n: 5 }, long_stale: 10, blank: 5, msg_unanswered_m: 3 }, unit: null,
    source: { zh: '《政府网站与政务新媒体检查指标》（国办秘函〔2019〕19号）', en: 'Inspection Indicators for Government Web Sites and New Media (Guo Ban Mi Han [2019] No. 19)' },
    from: '2020-01-01', to: null, confidence: 'P',
  },
  {
    id: 'a11y', value: { law: 'gradual conformity' }, unit: null,
    source: { zh: '《无障碍环境建设法》第三十二条', en: 'Law on Building a Barrier-free Environment, art. 32' },
    from: '2023-09-01', to: null, confidence: 'S',
  },
  {
    id: 'a11y.standards', value: ['GB/T 37668-2019', 'WCAG2.2AA (55 SC)'], unit: null,
    source: { zh: 'GB/T 37668-2019；WCAG 2.2 AA级', en: 'GB/T 37668-2019; WCAG 2.2 level AA' },
    from: '2024-01-01', to: null, confidence: 'M',
  },
  {
    id: 'errors', value: { book: 1e-4, journal: 2e-4, newspaper: 3e-4, form: { journal: 5, newspaper: 3 } }, unit: null,
    source: { zh: '《图书质量管理规定》；《报纸期刊质量管理规定》（国新出发〔2020〕10号）', en: 'Provisions on the Quality of Books; Provisions on the Quality of Newspapers and Periodicals (Guo Xin Chu Fa [2020] No. 10)' },
    from: '2021-01-01', to: null, confidence: 'P',
  },
  {
    id: 'layout',
    value: { derived: { right: 26, bottom: 35 }, title: '小标宋2号', levels: ['一、黑体', '（一）楷体', '1.仿宋', '（1）仿宋'], date: 'Arabic, no zero padding', page: '4号宋体 —1— odd right even left', imprint: '4号仿宋' }, unit: null,
    source: { zh: '《党政机关公文格式》（GB/T 9704-2012）7', en: 'Layout for Official Documents of Party and Government Organs (GB/T 9704-2012), 7' },
    from: '2012-07-01', to: null, confidence: 'M',
  },
  {
    id: 'layout.page', value: { top: 37, left: 28, tol: 1, body: [156, 225], lines: 22, chars: 28, font: '仿宋3号' }, unit: null,
    source: { zh: '《党政机关公文格式》（GB/T 9704-2012）5.2', en: 'Layout for Official Documents of Party and Government Organs (GB/T 9704-2012), 5.2' },
    from: '2012-07-01', to: null, confidence: 'P',
  },
  {
    id: 'mlps3', value: { mfa: '2 factors, 1 crypto', roles: ['system', 'security', 'audit'], integrity: ['transit', 'storage'], backup_tested: true }, unit: null,
    source: { zh: '《网络安全等级保护基本要求》（GB/T 22239-2019）8.1.4、8.1.5', en: 'Baseline for Classified Protection of Cybersecurity (GB/T 22239-2019), 8.1.4 and 8.1.5' },
    from: '2019-12-01', to: null, confidence: 'P',
  },
  {
    id: 'mlps3.logs', value: { logs_m: 6 }, unit: null,
    source: { zh: '《网络安全法》（2016年）第二十一条', en: 'Cybersecurity Law (2016), art. 21' },
    from: '2017-06-01', to: null, confidence: 'S',
  },
  {
    id: 'mlps3.defaults', value: { lockout_n: 5, idle_min: 15, rotate_d: 90, set_by: 'tenant' }, unit: null,
    source: { zh: '本系统默认值，部门可调整（GB/T 22239-2019 8.1.4 未规定数值）', en: 'Defaults of this system, which a department may change (GB/T 22239-2019, 8.1.4 sets no figure)' },
    from: '2019-12-01', to: null, confidence: 'M',
  },
  {
    id: 'pi', value: { impact_record_y: 3, sensitive_consent: 'separate', state_storage: 'domestic' }, unit: null,
    source: { zh: '《个人信息保护法》第二十九条、第三十六条、第五十六条', en: 'Personal Information Protection Law, arts. 29, 36 and 56' },
    from: '2021-11-01', to: null, confidence: 'S',
  },
  {
    id: 'pi.network_data', value: { share_record_y: 3, flaw_report_h: 24 }, unit: null,
    source: { zh: '《网络数据安全管理条例》第十条、第十二条', en: 'Regulation on Network Data Security, arts. 10 and 12' },
    from: '2025-01-01', to: null, confidence: 'S',
  },
  {
    id: 'pi.statutory_duty', value: { consent_needed: false }, unit: null,
    source: { zh: '《个人信息保护法》第十三条', en: 'Personal Information Protection Law, art. 13' },
    from: '2021-11-01', to: null, confidence: 'M',
  },
] as const satisfies readonly Parameter[];
