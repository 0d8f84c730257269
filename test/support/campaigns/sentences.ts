import type { Dice } from './random';
import type { Matter } from './vocabulary';

/** A sentence by its meaning: the frame may change and the meaning stays. */
export interface Meaning {
  kind: 'problem' | 'measure' | 'reason';
  people: string;
  thing: string;
  what: string;
  amount: number;
}

const FRAMES: Readonly<Record<Matter['language'], Readonly<Record<Meaning['kind'], readonly string[]>>>> = {
  zh: {
    problem: [
      '关于{thing}，{people}反映最多的是{what}', '现在的情况是{what}，{people}意见很大', '{what}，这在我们这里已经不是一天两天了', '就拿{thing}来说，{what}',
      '作为{people}中的一员，我亲身遇到过{what}', '据我了解，{amount}个小区里有一半都存在{what}的问题', '目前{thing}存在的突出问题是{what}，希望引起重视', '{people}为{what}这件事打过{amount}次热线',
      '文件里没有提到{what}，而这恰恰是{people}最头疼的', '上个月又发生了{what}的事，{people}都看在眼里', '谈到{thing}，不能不说{what}', '{what}，{people}只能自己想办法',
    ],
    measure: [
      '建议{what}，让{people}真正受益', '能不能{what}？{people}盼了很久', '我认为应当{what}，并且写进正式文件', '请有关部门考虑{what}', '最好的办法是{what}，分{amount}个月逐步推开',
      '希望在{thing}方面{what}', '如果可以{what}，相信{people}都会支持', '征求意见稿应补充一款：{what}', '{thing}这一条要改，关键是{what}', '恳请{what}，哪怕先试点{amount}个地方也好',
      '第{amount}条建议修改，核心就是{what}', '与其笼统规定，不如明确{what}',
    ],
    reason: [
      '因为{what}', '毕竟{what}，请多替{people}想想', '说到底，{what}', '理由很简单：{what}', '大家都清楚，{what}', '{what}，这是{people}的心里话', '要知道{what}，{thing}不能只看账面', '道理摆在那里，{what}',
      '{people}常说，{what}', '何况{what}', '我算过一笔账，{what}，每年影响{amount}户', '之所以这样提，是考虑到{what}',
    ],
  },
  en: {
    problem: [
      'The main trouble with {thing} is that {what}', 'As things stand {what}, and {people} bear the cost', 'I have seen for myself that {what}', 'On our street {what}', '{people} have told me {amount} times that {what}',
      'Nothing in the draft deals with the fact that {what}', 'For years now {what}', 'When it comes to {thing}, {what}', 'It is no secret that {what}', 'Since the changes began {what}',
    ],
    measure: [
      'Please {what}', 'The council should {what} before anything else', 'I would ask you to {what}, for the sake of {people}', 'A better plan would be to {what}', 'Section {amount} ought to say that the council will {what}',
      'Could you not simply {what}?', 'What {people} need is for you to {what}', 'My suggestion on {thing}: {what}', 'Within {amount} months the council could {what}', 'Rather than wait, {what}',
    ],
    reason: [
      'After all, {what}', 'I say this because {what}', 'Remember that {what}', 'The simple fact is that {what}', '{people} will tell you that {what}', 'We know that {what}', 'It matters because {what}', 'Let us be honest: {what}',
      'In {amount} years here I have learned that {what}', 'Bear in mind that {what}',
    ],
  },
};

export function meaningOf(matter: Matter, kind: Meaning['kind'], dice: Dice): Meaning {
  return { kind, people: dice.pick(matter.people), thing: dice.pick(matter.thing), what: dice.pick(matter[kind]), amount: dice.between(2, 40) };
}

/** The meaning in one of its frames. */
export function worded(meaning: Meaning, language: Matter['language'], dice: Dice): string {
  const text = dice.pick(FRAMES[language][meaning.kind]).replace(/\{(people|thing|what|amount)\}/g, (_match, slot: 'people' | 'thing' | 'what' | 'amount') => String(meaning[slot]));
  return language === 'en' ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}

const KINDS: readonly Meaning['kind'][] = ['problem', 'problem', 'measure', 'measure', 'reason'];

/** As many meanings as asked for, none said twice. */
export function meanings(matter: Matter, count: number, dice: Dice): Meaning[] {
  const said = new Map<string, Meaning>();
  for (let tries = 0; said.size < count && tries < 60; tries += 1) {
    const meaning = meaningOf(matter, dice.pick(KINDS), dice);
    if (!said.has(meaning.what)) said.set(meaning.what, meaning);
  }
  return [...said.values()];
}

/** Sentences put together with the marks of their language. */
export function letter(sentences: readonly string[], language: Matter['language']): string {
  const ended = sentences.map((sentence) => (/[？?。.！!]$/.test(sentence) ? sentence : `${sentence}${language === 'zh' ? '。' : '.'}`));
  return ended.join(language === 'zh' ? '' : ' ');
}
