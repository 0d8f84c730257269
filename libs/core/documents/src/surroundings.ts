import type { SourceLine } from './lines';
import type { Mark } from './markers';

const TITLE_WORD = '条例|办法|规定|通知|公告|通告|细则|方案|意见|指引|决定|规则|章程|措施|清单|规划|计划|决议|解释|批复|纲要|标准';
const TITLE_ENDING = new RegExp(`(?:${TITLE_WORD})(?:[（(《〈【][^（）()]{0,20}[）)》〉】])?$`);
const TITLE_INSIDE = new RegExp(TITLE_WORD);
const DATE = /^(?:[0-9]{4}|[〇零○一二三四五六七八九]{4})\s{0,3}年\s{0,3}[0-9一二三四五六七八九十]{1,3}\s{0,3}月\s{0,3}[0-9一二三四五六七八九十]{1,3}\s{0,3}日$/;
const CLUTTER = new RegExp(
  '^(?:(?:您?当前|您)(?:所在)?的?位置.*|首页(?:\\s*[>＞].*)?|[>＞|]+|大|中|小|字号.*|浏览字号.*|【\\s*字体.*】|浏览次数.*|点击(?:率|数|量|次数).*|(?:信息)?来源\\s*[:：].*'
  + '|发[布表](?:时间|日期|机构)\\s*[:：].*|分享(?:文章)?(?:到.*)?|打印(?:本页|页面)?|关闭(?:窗口|本页)?|收藏|返回(?:顶部|首页)?|扫一扫.*|[上下]一篇.*|长者(?:专区|助手)'
  + '|无障碍(?:版|浏览)?|政务(?:动态|公开|服务)|政策法规|政民互动|业务专题|网站地图|联系我们|版权所有.*|主办单位\\s*[:：].*|[京粤浙沪苏]ICP备.*|.*网站标识码.*|点击查看.*解读.*)$',
);

/** A line of the web page around the document: navigation, sharing, font size. */
export const isClutter = (body: string): boolean => body.length <= 200 && CLUTTER.test(body);

/** A line that by its form is the title of a document: short, no sentence, ending in 条例, 办法, 通知 and the like. */
export function isTitleLike(body: string): boolean {
  return body.length >= 5 && body.length <= 90 && !/[，。；：:！!>＞]/.test(body) && TITLE_ENDING.test(body);
}

/**
 * Finds the line of the title: a Markdown `# `, else the first line that ends like a title, else the first line of all when it names one.
 * Looks at no more than the first 40 lines and not beyond the first article. Returns -1 when there is none.
 */
export function findTitle(lines: SourceLine[], marks: (Mark | null)[]): number {
  const body = marks.findIndex((mark) => mark !== null && mark.type !== 'broken');
  const head = lines.slice(0, Math.min(40, body < 0 ? lines.length : body));
  const heading = head.findIndex((line) => line.level === 1);
  if (heading >= 0) return heading;
  const plain = (line: SourceLine): boolean => !line.table && !isClutter(line.body) && !line.body.startsWith('【') && !line.body.startsWith('《');
  const ending = head.findIndex((line) => plain(line) && isTitleLike(line.body));
  if (ending >= 0) return ending;
  // A title that the page cut short or lengthened (…细则公布) is believed on the first line only.
  const first = head.findIndex(plain);
  const text = head[first]?.body ?? '';
  return text.length >= 6 && text.length <= 60 && !/[，。；：:>＞]/.test(text) && TITLE_INSIDE.test(text) ? first : -1;
}

/** Marks the lines of signatures and dates: a date alone on its line, and up to four short lines above it that are no sentences. */
export function findSignatures(lines: SourceLine[], marks: (Mark | null)[]): Set<number> {
  const found = new Set<number>();
  for (const [index, line] of lines.entries()) {
    if (line.body.length > 24 || !DATE.test(line.body)) continue;
    found.add(index);
    for (let above = index - 1; above >= Math.max(0, index - 4); above -= 1) {
      const body = lines[above]?.body ?? '';
      if (marks[above] || lines[above]?.table || body.length > 60 || body.length < 4 || /[，。；：:、]/.test(body)) break;
      found.add(above);
    }
  }
  return found;
}

/**
 * Marks the lines of a table of contents: headings of chapters one after another without text between, whose first comes again
 * before any article.
 */
export function findContents(lines: SourceLine[], marks: (Mark | null)[], articles: Set<number>): Set<number> {
  const found = new Set<number>();
  const keyOf = (mark: Mark | null | undefined): string | null =>
    mark && (mark.type === 'part' || mark.type === 'chapter' || mark.type === 'section') ? `${mark.type} ${mark.number}` : null;
  for (let start = 0; start < lines.length; start += 1) {
    const key = keyOf(marks[start]);
    if (key === null) continue;
    let end = start + 1;
    while (end < lines.length && keyOf(marks[end]) !== key && (keyOf(marks[end]) || /^附\s{0,2}则/.test(lines[end]?.body ?? ''))) end += 1;
    const announced = /^目\s{0,6}[录次]$/.test(lines[start - 1]?.body ?? '');
    if ((end - start >= 2 || announced) && comesAgain(marks, articles, end, key, keyOf)) {
      for (let index = announced ? start - 1 : start; index < end; index += 1) found.add(index);
    }
    start = end - 1;
  }
  return found;
}

function comesAgain(
  marks: (Mark | null)[], articles: Set<number>, from: number, key: string, keyOf: (mark: Mark | null | undefined) => string | null,
): boolean {
  // A preamble may stand between; more than this is no longer the same document's head.
  for (let index = from; index < Math.min(marks.length, from + 40); index += 1) {
    if (articles.has(index)) return false;
    if (keyOf(marks[index]) === key) return true;
  }
  return false;
}
