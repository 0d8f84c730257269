/** Lower bounds of employees: those of industry in 《统计上大中小微型企业划分办法（2017）》 (国统字〔2017〕213号). */
const BANDS = [[1000, 'large'], [300, 'medium'], [20, 'small'], [0, 'micro']] as const;
export type EnterpriseSize = (typeof BANDS)[number][1];

/**
 * Size by the number of employees alone; null where it is not known. The statistical classification also asks for revenue, and for each trade has bounds of
 * its own: this is a band to stratify by and no finding about an enterprise.
 */
export function sizeOf(employees: unknown): EnterpriseSize | null {
  if (typeof employees !== 'number' || !Number.isFinite(employees) || employees < 0) return null;
  return BANDS.find(([least]) => employees >= least)?.[1] ?? null;
}
