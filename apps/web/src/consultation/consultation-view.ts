import type { PublicConsultationPage, PublicOpinion, StaffOpinion, WindowBasis } from '@domains/consultation';
import { publicFileLink } from './attachments-view';
import { deadline } from '@core/statutes';
import { recountHref, statuteHref } from '../statutes/statute-names';

export const TONE_OF_DISPOSITION: Readonly<Record<string, string>> = { adopted: 'success', partly: 'info', not_adopted: 'neutral', noted: 'neutral' };
export const TONE_OF_STAGE: Readonly<Record<string, string>> = { open: 'info', closed: 'warning', result: 'success' };

/** The minimums of a window with the way to each date, so that a reader can count again: what was skipped and by which notice. */
export function basisView(cityId: string, basis: WindowBasis, department: string) {
  return basis.rules.map((rule) => {
    const { skipped, calendar } = deadline({ from: basis.openedOn, days: rule.days, unit: rule.unit });
    return { ...rule, openedOn: basis.openedOn, skipped: skipped.length, calendar: calendar.join('、'), ruleHref: statuteHref(cityId, rule.id),
      recountHref: recountHref(cityId, { param: `${rule.id}:min`, from: basis.openedOn, days: rule.days, unit: rule.unit, department }) };
  });
}

/** The clause that a form is about, or null: a link with a clause that is not in the draft is a link on the whole. */
export function clauseOf(consultation: PublicConsultationPage, clauseId: string | undefined) {
  const found = consultation.provisions.find((provision) => provision.clauseId === clauseId);
  return found ? { clauseId: found.clauseId, label: found.label || [...found.text].slice(0, 12).join(''), text: found.text } : null;
}

const cardClause = ({ clauseId, clauseLabel }: PublicOpinion) => (clauseId ? { label: clauseLabel || clauseId, href: `#${clauseId}` } : null);

/** What is left of an opinion that its author took back. */
const withdrawnCard = (opinion: PublicOpinion) => ({
  receipt: opinion.receiptNo, at: opinion.receivedAt, whoKey: 'intake:withdrawn.author', withdrawn: opinion.withdrawnAt, clause: cardClause(opinion), status: { key: 'intake:withdrawn.tag' },
});

/** Data of `opinion-card`, `base` being the address of the consultation; what is not the author's own words is a key of the catalogue. */
export const opinionCard = (opinion: PublicOpinion, department: string, base: string) => (opinion.withdrawnAt ? withdrawnCard(opinion) : {
  receipt: opinion.receiptNo, at: opinion.receivedAt, text: opinion.text, quote: opinion.quote, channelKey: `consultation:channel.${opinion.channel}`, form: opinion.channel === 'questionnaire',
  ...(opinion.publicName ? { who: opinion.publicName } : { whoKey: `consultation:author.${opinion.authorKind}` }),
  clause: cardClause(opinion), files: opinion.files.map((file) => publicFileLink(file, base)),
  status: { key: `consultation:stance.${opinion.stance}` },
  answer: opinion.answer && {
    tag: { key: `consultation:disposition.${opinion.answer.disposition}`, tone: TONE_OF_DISPOSITION[opinion.answer.disposition] },
    text: opinion.answer.reason, by: department, at: opinion.answer.publishedAt,
  },
});

/** The clauses that a reader may choose from: articles, numbered headings and annexes, and the one that the link named. */
export const clauseOptions = ({ provisions }: PublicConsultationPage, named: string | undefined) =>
  provisions.filter(({ kind, clauseId }) => ['article', 'heading', 'annex'].includes(kind) || clauseId === named)
    .map(({ clauseId, label, text }) => ({ value: clauseId, label: `${label}　${[...text].slice(0, 20).join('')}` }));

/** What the bulk approval shows of an opinion: one's own answers stand without a box. */
export const staffCard = (opinion: StaffOpinion, accountId: string | null) => ({
  ...opinion,
  tone: opinion.answer ? TONE_OF_DISPOSITION[opinion.answer.disposition] : 'warning',
  mine: opinion.answer?.answeredBy === accountId,
});

/** The bars of a result: label key and figure, in the order of the report. */
export const bars = <K extends string>(group: string, keys: readonly K[], counts: Record<K, number>) =>
  keys.map((key) => ({ key: `consultation:${group}.${key}`, value: counts[key] }));
