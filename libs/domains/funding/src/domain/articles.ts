/** The articles that this room's refusals name, as a citizen would look them up. */
export const ARTICLES = {
  recuse: '参照《政府采购法实施条例》第九条',
  shortage: '参照《政府采购法实施条例》第三十九条；中财工〔2021〕11号第三条',
  draw: '中财工〔2021〕11号第二条；参照《政府采购法实施条例》第三十九条',
  notice: '公示期由部门规定，未规定的为七个工作日；参照《政府采购法实施条例》第三十八条',
  separation: '《行政事业单位内部控制规范（试行）》第十二条（不相容岗位相互分离）',
  promise: '《优化营商环境条例》第三十一条',
  budget: '《中华人民共和国预算法》第十三条',
} as const;
