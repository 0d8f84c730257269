import { type CirculationEntry, mayClose, openLevels, type ReplyEntry, type ReplyOpinion, replyState, settledBy } from '@domains/drafting';
import type { Actor, IsoDate } from '@platform/kernel';

const STATE_TONE = { replied: 'success', late: 'warning', waiting: 'info', silent: 'danger' } as const;
const STANCE_TONE = { no_comment: 'success', comments: 'info', disagree: 'danger' } as const;
const HANDLING_TONE = { adopted: 'success', partly: 'info', not_adopted: 'neutral' } as const;

/** An opinion with its handling, where the change can be seen, and where it is handled. */
export const opinionView = (opinion: ReplyOpinion, { versionId, latestVersionId, base, mayHandle }: { versionId: string; latestVersionId: string | null; base: string; mayHandle: boolean }) => ({
  ...opinion,
  handleHref: mayHandle ? `${base}/circulation/opinions/${opinion.id}` : null,
  handling: opinion.handling && {
    ...opinion.handling, tone: HANDLING_TONE[opinion.handling.disposition],
    changeHref: opinion.handling.changedIdentity && latestVersionId && latestVersionId !== versionId ? `${base}/compare?${new URLSearchParams({ from: versionId, to: latestVersionId }).toString()}` : null,
  },
});

/** How a disagreement stands. */
export function disagreementView({ stance, coordination }: ReplyEntry) {
  const settled = settledBy(coordination);
  return stance === 'disagree' ? { settled, key: `circulation:settled.${settled ?? 'none'}`, tone: settled ? 'success' : 'danger', log: coordination, levels: openLevels(coordination) } : null;
}

export interface Reading {
  actor: Actor;
  today: IsoDate;
  latestVersionId: string | null;
  /** Whether opinions may still be handled and disagreements coordinated. */
  hearing: boolean;
  own: boolean;
}

/** One circulation for the drafting department: each department's state, what it said, and how that was dealt with. */
export function circulationView(entry: CirculationEntry, { actor, today, latestVersionId, hearing, own }: Reading) {
  const base = `/console/policies/${entry.policyId}`;
  const closed = entry.state === 'closed';
  const drafter = own && actor.roles.includes('drafter');
  const mayCoordinate = hearing && (drafter || (actor.scope === 'city' && actor.roles.includes('overseer')));
  const departments = entry.departments.map(({ department, departmentId, reply }) => {
    const signed = reply?.signedAt ? reply : null;
    const state = replyState({ replyOn: entry.replyOn, closed, signed: signed !== null, late: signed?.late ?? false }, today);
    const disagreement = signed && disagreementView(signed);
    return {
      departmentId, department, state, stateTone: STATE_TONE[state], anchor: `reply-${departmentId}`,
      stance: signed?.stance, stanceTone: signed && STANCE_TONE[signed.stance], given: signed?.opinions.length ?? 0, handled: signed?.opinions.filter(({ handling }) => handling).length ?? 0,
      disagreement, coordinateHref: disagreement && !disagreement.settled && mayCoordinate && signed ? `${base}/circulation/replies/${signed.id}` : null,
      reply: signed && { ...signed, opinions: signed.opinions.map((opinion) => opinionView(opinion, { versionId: entry.versionId, latestVersionId, base, mayHandle: drafter && hearing })) },
    };
  });
  const signedCount = departments.filter(({ reply }) => reply).length;
  return {
    ...entry, departments, closed, tone: closed ? 'neutral' : 'info', versionHref: `${base}?version=${entry.versionId}`, recountHref: recountHref(actor.cityId, entry), signedCount, askedCount: departments.length,
    silent: departments.filter(({ state }) => state === 'silent').map(({ department }) => department).join('、'),
    mayClose: drafter && !closed && mayClose({ replyOn: entry.replyOn, asked: departments.length, signed: signedCount }, today), waitsToClose: drafter && !closed,
  };
}

/** Where everybody can count the reply date again. */
export const recountHref = (cityId: string, { openedOn, workingDays }: Pick<CirculationEntry, 'openedOn' | 'workingDays'>): string =>
  `/${cityId}/deadline?${new URLSearchParams({ from: openedOn, days: String(workingDays), unit: 'wd' }).toString()}`;
