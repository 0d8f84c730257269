/** Division codes of the two cities. GB/T 2260 knows none that begins with 9999. */
export type CityCode = '999901' | '999902';
export type DepartmentKey = 'industry' | 'labour' | 'market' | 'justice';
