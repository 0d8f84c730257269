import { closing, greeting, personalSentence } from './personal';
import type { Dice } from './random';
import { letter, type Meaning, worded } from './sentences';
import type { Matter } from './vocabulary';

/** A campaign's letter: what each sentence means and how the template words it. */
export interface Template {
  language: Matter['language'];
  meanings: readonly Meaning[];
  sentences: readonly string[];
}

/** How a sender changes the template. Each does what its name says and nothing milder. */
export type Operator = 'copy' | 'marks' | 'light' | 'greeting' | 'personal' | 'long-personal' | 'reordered' | 'synonyms' | 'strong' | 'truncated' | 'mixed' | 'rewritten';

const SYNONYMS: Readonly<Record<Matter['language'], readonly (readonly string[])[]>> = {
  zh: [
    ['建议', '提议', '主张'], ['希望', '盼望', '期待'], ['应当', '应该', '需要'], ['目前', '现在', '当前'], ['居民', '住户', '群众'], ['问题', '毛病', '情况'], ['收费', '要价', '价格'], ['有关部门', '主管部门', '相关单位'],
    ['因为', '由于'], ['认为', '觉得', '感到'], ['明确', '写明', '规定清楚'], ['方面', '这一块'], ['考虑', '想到', '研究'], ['支持', '赞成', '拥护'], ['反映', '提出', '说起'], ['补贴', '补助', '资助'], ['公布', '公开', '公示'], ['设立', '设置', '开设'],
    ['没有', '还没', '缺少'], ['统一', '一致'], ['老人', '老年人', '长者'], ['孩子', '小孩', '子女'], ['晚上', '夜里', '夜间'], ['附近', '周边', '邻近'], ['提供', '给予'], ['申请', '申报'], ['办法', '做法', '方案'], ['重视', '关注'], ['毕竟', '终究'], ['关键是', '要紧的是', '重点是'],
    ['清楚', '明白'], ['大家', '我们'], ['很', '十分', '非常'], ['让', '使', '叫'], ['能不能', '可否', '是否可以'], ['请', '烦请'], ['只能', '只好'], ['就', '便'], ['和', '与', '以及'], ['的事', '这件事'],
  ],
  en: [
    ['main', 'chief', 'biggest'], ['trouble', 'problem'], ['people', 'residents'], ['council', 'authority'], ['should', 'ought to', 'must'], ['before', 'ahead of'], ['please', 'kindly'], ['street', 'road'], ['simple', 'plain'], ['because', 'since', 'as'],
    ['matters', 'counts'], ['suggestion', 'proposal', 'idea'], ['better', 'wiser'], ['plan', 'scheme', 'approach'], ['nobody', 'no one'], ['every', 'each'], ['keep', 'retain'], ['months', 'weeks'], ['children', 'kids'], ['know', 'understand'], ['need', 'want'],
    ['shops', 'stores'], ['night', 'evening'], ['fact', 'truth'], ['within', 'inside'], ['remember', 'recall'], ['answers', 'picks up'], ['changes', 'alterations'], ['give', 'hand'], ['square', 'plaza'],
  ],
};

/** Replaces a word by another of its group with the probability given. */
export function synonyms(text: string, language: Matter['language'], rate: number, dice: Dice): string {
  let result = text;
  for (const group of SYNONYMS[language]) {
    const pattern = new RegExp(language === 'en' ? `\\b(${group.join('|')})\\b` : group.join('|'), 'g');
    result = result.replace(pattern, (word) => (dice.chance(rate) ? dice.pick(group.filter((other) => other !== word)) : word));
  }
  return result;
}

const MARKS: readonly (readonly [string, readonly string[]])[] = [['，', [',', '、', ' ', '，，']], ['。', ['！', '.', '；', '\n', '。。']], ['：', [':', '——']], [',', [' -', ';', '']], ['.', ['!', ' ', '...']]];

/** Other punctuation, full and half width, line breaks, and particles at the end of a sentence. */
function marks(text: string, language: Matter['language'], dice: Dice): string {
  const changed = [...text].map((sign) => {
    const others = MARKS.find(([mark]) => mark === sign)?.[1];
    return others && dice.chance(0.5) ? dice.pick(others) : sign;
  }).join('');
  return language === 'zh' ? changed.replace(/([！。；])/g, (mark) => (dice.chance(0.3) ? dice.pick(['啊', '呢', '吧', '了']) + mark : mark)) : dice.chance(0.5) ? changed.toUpperCase() : changed.replace(/ /g, '  ');
}

/** Slips of the hand: a character left out, doubled, or swapped with its neighbour. */
function typos(text: string, count: number, dice: Dice): string {
  const signs = [...text];
  for (let done = 0; done < count && signs.length > 2; done += 1) {
    const at = dice.between(1, signs.length - 2);
    const here = signs[at] as string;
    const kind = dice.between(0, 2);
    if (kind === 0) signs.splice(at, 1);
    else if (kind === 1) signs.splice(at, 0, here);
    else signs.splice(at, 2, signs[at + 1] as string, here);
  }
  return signs.join('');
}

/** The parts of a sentence in another order: what stood after the first comma comes first. */
function turned(sentence: string): string {
  const at = sentence.search(/[，,]/);
  return at < 0 ? sentence : `${sentence.slice(at + 1).trim()}${sentence[at]}${sentence.slice(0, at)}`;
}

const own = (count: number, language: Matter['language'], dice: Dice): string[] => Array.from({ length: count }, () => personalSentence(language, dice));
const without = (sentences: readonly string[], count: number, dice: Dice): string[] => {
  const gone = new Set(dice.shuffle(sentences.map((_one, at) => at)).slice(0, count));
  return sentences.filter((_one, at) => !gone.has(at));
};

/** The template as one sender posts it. */
export function applied(operator: Operator, { language, meanings, sentences }: Template, other: Template, dice: Dice): string {
  const plain = letter(sentences, language);
  switch (operator) {
    case 'copy': return plain;
    case 'marks': return marks(plain, language, dice);
    case 'light': return typos(synonyms(plain, language, 0.15, dice), dice.between(1, 3), dice);
    case 'greeting': return `${greeting(language, dice)}${plain}${closing(language, dice)}`;
    case 'personal': return letter(dice.chance(0.5) ? [...own(1, language, dice), ...sentences] : [...sentences, ...own(1, language, dice)], language);
    case 'long-personal': return letter([...own(2, language, dice), ...sentences, ...own(dice.between(1, 3), language, dice)], language);
    case 'reordered': return letter(without(dice.shuffle(sentences), 1, dice), language);
    case 'synonyms': return synonyms(plain, language, 0.6, dice);
    case 'strong': {
      const kept = without(dice.shuffle(sentences), Math.floor(sentences.length / 3), dice).map((one) => (dice.chance(0.4) ? turned(one) : one));
      return typos(synonyms(letter([...kept, ...own(dice.between(1, 2), language, dice)], language), language, 0.5, dice), 2, dice);
    }
    case 'truncated': return letter(sentences.slice(0, Math.max(2, Math.ceil(sentences.length * (0.4 + dice.next() * 0.2)))), language);
    case 'mixed': return letter(dice.shuffle([...without(sentences, Math.floor(sentences.length / 2), dice), ...other.sentences.slice(0, 1), ...own(1, language, dice)]), language);
    case 'rewritten': return letter(dice.shuffle(meanings).map((meaning) => worded(meaning, language, dice)), language);
  }
}
