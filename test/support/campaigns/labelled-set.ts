import { applied, type Operator, synonyms, type Template } from './operators';
import { closing, greeting, personalSentence } from './personal';
import { Dice } from './random';
import { letter, meanings, worded } from './sentences';
import { type Matter, MATTERS } from './vocabulary';

/** What a text of the set is: a campaign's letter changed by an operator, or one person's own. */
export type Kind = Operator | 'independent' | 'quoting' | 'short';

export interface Labelled {
  id: string;
  text: string;
  /** Texts with the same label belong together. An independent text has a label of its own. */
  label: string;
  kind: Kind;
}

export interface SetOptions {
  seed: number;
  size: number;
  campaigns: number;
  /** Share of the texts that belong to campaigns. */
  share: number;
  operators?: readonly Operator[];
}

export const OPERATORS: readonly Operator[] = ['copy', 'marks', 'light', 'greeting', 'personal', 'long-personal', 'reordered', 'synonyms', 'strong', 'truncated', 'mixed', 'rewritten'];
const SHORT = ['同意', '支持', '没有意见', '赞成该办法', 'I agree', '请尽快实施', '无', '反对'];

/**
 * A labelled set of opinions, the same for the same seed: campaigns whose letters are paraphrased by operators of known strength, and independent
 * opinions on the same matters, in the same words and frames, some of them quoting the same clause. Lines are in random order.
 */
export function labelledSet({ seed, size, campaigns, share, operators = OPERATORS }: SetOptions): Labelled[] {
  const dice = new Dice(seed);
  const templates = Array.from({ length: campaigns }, () => template(dice.pick(MATTERS), dice));
  const made: Omit<Labelled, 'id'>[] = [];
  const inCampaigns = Math.round(size * share);
  // Campaigns are of very different sizes; each has at least two letters.
  const sizes = templates.map(() => 0.05 + dice.next() ** 2);
  const total = sizes.reduce((sum, one) => sum + one, 0);
  templates.forEach((one, at) => {
    const count = Math.max(2, Math.round((inCampaigns * (sizes[at] as number)) / total));
    for (let done = 0; done < count; done += 1) {
      const kind = dice.pick(operators);
      made.push({ text: applied(kind, one, dice.pick(templates.filter((other) => other !== one && other.language === one.language).concat(one)), dice), label: `campaign-${at}`, kind });
    }
  });
  while (made.length < size) {
    const chance = dice.next();
    if (chance < 0.03) {
      const text = dice.pick(SHORT);
      made.push({ text, label: `short-${text}`, kind: 'short' });
    } else made.push({ text: independent(dice.pick(MATTERS), chance < 0.2, dice), label: `own-${made.length}`, kind: chance < 0.2 ? 'quoting' : 'independent' });
  }
  return dice.shuffle(made).map((one, at) => ({ id: `o${at}`, ...one }));
}

function template(matter: Matter, dice: Dice): Template {
  const said = meanings(matter, dice.between(3, 8), dice);
  return { language: matter.language, meanings: said, sentences: said.map((meaning) => worded(meaning, matter.language, dice)) };
}

/** One person's opinion: the same matters, phrases and frames as the campaigns, chosen and worded anew, and something of one's own. */
function independent(matter: Matter, quoting: boolean, dice: Dice): string {
  const { language, clause } = matter;
  const arguments_ = meanings(matter, dice.between(1, 4), dice).map((meaning) => synonyms(worded(meaning, language, dice), language, 0.5, dice));
  const own = Array.from({ length: dice.between(1, 3) }, () => personalSentence(language, dice));
  const quoted = quoting ? [dice.chance(0.5) ? `${language === 'zh' ? '草案写道' : 'The draft says '}“${clause}”` : clause] : [];
  const body = letter([...quoted, ...dice.shuffle([...arguments_, ...own])], language);
  return `${dice.chance(0.3) ? greeting(language, dice) : ''}${body}${dice.chance(0.2) ? closing(language, dice) : ''}`;
}
