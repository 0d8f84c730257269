/** A draft with a condition that an opinion will change: openly fictitious. */
const articles = (share: string): string => `测试市999801工业设备更新补助办法
第一章　总则
第一条　为了鼓励企业更新设备，制定本办法。
第二条　本办法适用于在本市登记的工业企业。
第二章　补助
第三条　符合下列条件的企业可以申请补助：
（一）依法登记；
（二）一年内无重大违法记录。
第四条　对购置先进设备的企业，按照投资额的百分之${share}给予补助，单个项目不超过六十万元。
第三章　附则
第五条　本办法由甲局负责解释。`;

export const TITLE = '测试市999801工业设备更新补助办法';
export const FIRST_TEXT = articles('十');
export const FINAL_TEXT = articles('十五');
export const NOTE = `一、制定的必要性
现行办法到期，企业反映更新设备的资金不足。
二、制定依据
依据为本市年度计划，经实地走访二十家企业后起草。
三、主要内容
规定补助对象、标准和程序，共五条。`;
