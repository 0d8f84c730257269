import { type Role, ROLES } from '@platform/kernel';
import { type EnterpriseContent, ENTERPRISES } from './enterprises';
import { type ExpertContent, EXPERTS } from './experts';
import type { CityCode, DepartmentKey } from './keys';
import { fictitiousName } from './names';

export type StaffRole = Exclude<Role, 'enterprise' | 'resident' | 'expert'>;

/** Roles that a person of a department holds; the others belong to a kind of account. */
export const STAFF_ROLES = ROLES.filter((role): role is StaffRole => role !== 'enterprise' && role !== 'resident' && role !== 'expert');

/** A person of a department in one role; `login` is unique in the city. */
export interface StaffContent {
  role: StaffRole;
  name: string;
  login: string;
}

export interface DepartmentContent {
  key: DepartmentKey;
  name: string;
  shortName: string;
  nameEn: string;
  /** 发文机关代字, the code before 〔year〕. */
  documentCode: string;
  /** One person in every role, in the order of `STAFF_ROLES`. */
  staff: readonly StaffContent[];
}

export interface ResidentContent {
  name: string;
  login: string;
}

export interface CityContent {
  code: CityCode;
  name: string;
  nameEn: string;
  departments: readonly DepartmentContent[];
  enterprises: readonly EnterpriseContent[];
  residents: readonly ResidentContent[];
  experts: readonly ExpertContent[];
}

const DEPARTMENTS = [
  { key: 'industry', name: '工业和信息化局', shortName: '工信局', code: '工信规', nameEn: 'Bureau of Industry and Information Technology' },
  { key: 'labour', name: '人力资源和社会保障局', shortName: '人社局', code: '人社规', nameEn: 'Bureau of Human Resources and Social Security' },
  { key: 'market', name: '市场监督管理局', shortName: '市场监管局', code: '市监规', nameEn: 'Administration for Market Regulation' },
  { key: 'justice', name: '司法局', shortName: '司法局', code: '司规', nameEn: 'Bureau of Justice' },
] as const;

/** How far apart the people of the two cities stand in the row of names. */
const NAMES_PER_CITY = 200;

function departments(city: string, nameEn: string, firstName: number): DepartmentContent[] {
  return DEPARTMENTS.map((department, at) => ({
    key: department.key,
    name: `${city}${department.name}`,
    shortName: `市${department.shortName}`,
    nameEn: `${nameEn} ${department.nameEn}`,
    documentCode: `${city.charAt(0)}${department.code}`,
    staff: STAFF_ROLES.map((role, index) => ({
      role,
      name: fictitiousName(firstName + at * STAFF_ROLES.length + index),
      login: `${department.key}.${role}`,
    })),
  }));
}

function city(code: CityCode, name: string, nameEn: string, index: number): CityContent {
  const firstName = index * NAMES_PER_CITY;
  const afterStaff = firstName + DEPARTMENTS.length * STAFF_ROLES.length;
  return {
    code, name, nameEn,
    departments: departments(name, nameEn, firstName),
    enterprises: ENTERPRISES[code],
    residents: [0, 1, 2].map((at) => ({ name: fictitiousName(afterStaff + at), login: `resident${at + 1}` })),
    experts: EXPERTS[code].map((expert, at) => ({ ...expert, name: fictitiousName(afterStaff + 3 + at), login: `expert${at + 1}` })),
  };
}

/** Two cities that do not exist. */
export const CITIES: readonly CityContent[] = [
  city('999901', '明川市', 'Mingchuan', 0),
  city('999902', '澄湖市', 'Chenghu', 1),
];
