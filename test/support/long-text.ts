const WORDS = '企业设备更新补助申请材料审核部门资金管理项目投资额度标准期限监督检查责任信息公开登记机关市场主体产业发展政策规定办法实施条件程序要求';

/** A regulation of `articles` articles, every other with three items, the same each time; 300 are about 60,000 characters. */
export function longText(articles: number, seed = 7): string {
  let state = seed;
  const random = (): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
  const sentence = (length: number, end = '。'): string => Array.from({ length }, () => WORDS[Math.floor(random() * WORDS.length)]).join('') + end;
  const lines = ['云浦市工业设备更新补助条例'];
  for (let n = 1; n <= articles; n += 1) {
    if (n % 20 === 1) lines.push(`第${(n - 1) / 20 + 1}章　${sentence(6, '')}`);
    lines.push(`第${n}条　${sentence(120)}`);
    if (n % 2 === 0) lines.push(`（一）${sentence(50, '；')}`, `（二）${sentence(50, '；')}`, `（三）${sentence(50)}`);
  }
  return lines.join('\n');
}
