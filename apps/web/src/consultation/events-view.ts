import type { Report } from '@core/documents';
import type { StaffEvent } from '@domains/consultation';
import { chinaDate } from '@platform/kernel';
import type { Words } from '../drafting/named-text';

export const clauseOption = ({ clauseId, label, text }: { clauseId: string; label: string; text: string }) => ({ value: clauseId, label: `${label}　${[...text].slice(0, 20).join('')}` });

/** The instant as a clock in China shows it: `2026-03-16 09:00`. */
export const chinaClock = (at: Date): string => new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');

/** An event with what may be done to it now. The use cases ask again. */
export function eventView(event: StaffEvent, now: Date) {
  const selected = event.participants.filter(({ state }) => state === 'selected');
  const waiting = selected.filter(({ deliveredOn }) => deliveredOn === null);
  const before = event.state === 'announced' || event.state === 'selected';
  return {
    event, selected, waiting, applied: event.participants.filter(({ state }) => state === 'applied'), declined: event.participants.filter(({ state }) => state === 'declined'),
    late: event.deliverUntil !== null && before ? selected.filter(({ deliveredOn }) => (deliveredOn ?? chinaDate(now)) > (event.deliverUntil ?? '')).length : 0,
    selectedOptions: selected.map(({ id, name, represents }) => ({ value: id, label: represents ? `${name}（${represents}）` : name })),
    step: {
      signUp: event.signUpUntil !== null && event.state === 'announced' && now < event.signUpUntil, select: event.signUpUntil !== null && event.state === 'announced' && now >= event.signUpUntil,
      invite: before || (event.state === 'held' && event.kind !== 'hearing'), deliver: before && waiting.length > 0, change: before, hold: before && now >= event.startsAt, record: event.state === 'held' && selected.length > 0,
    },
  };
}

/** The minutes as a document to be signed by hand, or kept. */
export function minutesReport(event: StaffEvent, words: Words): Report {
  const selected = event.participants.filter(({ state }) => state === 'selected');
  return {
    title: words('channels:minutes.title', { title: event.title }), subtitle: `${chinaClock(event.startsAt)}　${event.place}`, date: event.finishedAt ? chinaDate(event.finishedAt) : null,
    blocks: [
      { text: `${words('channels:event.moderator')}：${event.moderator}　　${words('channels:event.clerk')}：${event.clerk}` },
      { heading: words('channels:event.agenda') }, { text: event.agenda },
      ...(event.proceedings ? [{ heading: words('channels:event.proceedings') }, { text: event.proceedings }] : []),
      { heading: words('channels:event.statements') },
      {
        table: {
          caption: words('channels:event.statements'), head: [words('channels:event.participant'), words('channels:field.stance'), words('channels:field.clause'), words('channels:field.text')], widths: [2, 1, 2, 6],
          rows: event.statements.map(({ name, stance, clauseLabel, text }) => [name, words(`consultation:stance.${stance}`), clauseLabel ?? '', text]),
        },
      },
      { heading: words('channels:event.signatures') },
      {
        table: {
          caption: words('channels:event.signatures'), head: [words('channels:event.participant'), words('channels:event.represents'), words('channels:event.signature'), words('channels:event.note')], widths: [3, 3, 2, 4],
          rows: selected.map(({ name, represents, signature, signatureNote }) => [name, represents ?? '', signature ? words(`channels:signature.${signature}`) : '', signatureNote ?? '']),
        },
      },
      ...(event.minutesHash ? [{ text: `${words('channels:event.hash')}：${event.minutesHash}` }] : []),
    ],
  };
}
