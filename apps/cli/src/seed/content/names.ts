/** Openly fictitious people: surnames and given names are combined by rule, so that no name is taken from anybody. */
const SURNAMES = [...'林陈周吴郑沈许何吕施孔曹严华金魏陶姜谢邹章苏潘范彭鲁韦马苗凤方任袁柳史唐'];
const GIVEN_NAMES = [
  '知远', '明澈', '书宁', '景行', '安禾', '思齐', '若川', '怀瑾', '清扬', '佳木', '望舒', '以恒', '乐山', '云岫', '子衿', '南星', '致和', '晓棠', '文澜',
  '嘉树', '亦凡', '溪亭', '守拙', '念慈', '一诺', '向晚', '承泽', '青禾', '逸飞', '映雪', '慎行', '修竹', '语桐', '长乐', '如初', '临渊', '静好',
] as const;

/** The n-th fictitious person, counting from 0; the first 1332 names differ. */
export function fictitiousName(n: number): string {
  return `${SURNAMES[n % SURNAMES.length]}${GIVEN_NAMES[(n * 5 + 3) % GIVEN_NAMES.length]}`;
}
