import type { OpinionDraft } from '@domains/consultation';
import type { Actor } from '@platform/kernel';

/**
 * What the page needs of drafts: those of who is signed in come from the server, those of everybody else never leave their browser, whose script
 * keeps them under `device`.
 */
export function draftView({ cityId, accountId }: Actor, consultationId: string, drafts: OpinionDraft[], base: string, open: boolean) {
  const current = drafts.find(({ aside }) => !aside);
  const deleteHref = (id: string): string => `${base}/drafts/${id}/delete`;
  return {
    current: current ? { text: current.text, stance: current.stance, clauseId: current.clauseId, quote: current.quote, savedAt: current.savedAt, deleteHref: deleteHref(current.id) } : null,
    base: current ? `${current.id}.${current.rowVersion}` : '',
    aside: drafts.filter(({ aside }) => aside).map((draft) => ({ ...draft, deleteHref: deleteHref(draft.id) })),
    saveHref: accountId !== null && open ? `${base}/draft` : null,
    device: accountId === null ? `policyloop-draft/${cityId}/${consultationId}` : null,
  };
}
