import { CITIES } from './content';

/** The one password of all demonstration accounts. The sign-in page of a demonstration names it too. */
export const DEMO_PASSWORD = 'policyloop-demo';

/** A short list for the terminal: the accounts of one department of each city, and how the others are called. */
export function demoAccounts(): string {
  const lines = ['演示账号（密码均为 policyloop-demo；登录页可以点选全部账号）'];
  for (const city of CITIES) {
    const [department] = city.departments;
    lines.push(`  ${city.name} ${city.code}`);
    if (department) lines.push(`    ${department.name}：${department.staff.map(({ login }) => login).join('  ')}`);
    lines.push(`    其他部门：${city.departments.slice(1).map(({ key }) => `${key}.*`).join('  ')}`);
    lines.push(`    企业、居民、专家：${[city.enterprises[0]?.login, city.residents[0]?.login, city.experts[0]?.login].filter(Boolean).join('  ')} …`);
  }
  return `${lines.join('\n')}\n`;
}
