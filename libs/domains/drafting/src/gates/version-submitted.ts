import { type Gate, newestVersion } from '@core/policy';
import { ARTICLES, materialsArticle } from '../domain/articles';
import { isWritten } from '../domain/notes';

/** What goes out, to the public or to reviewers, is a closed version with its drafting note, and nobody is still writing at another one. */
export const versionSubmitted: Gate = {
  key: 'drafting.version_submitted',
  on: ['open_consultation', 'submit_for_review'],
  async check(tx, policy) {
    const newest = await newestVersion(tx, policy.id);
    const unmet = (key: string, params = {}): { gate: string; key: string; params: Record<string, unknown>; article: string } => ({
      gate: 'drafting.version_submitted', key, params,
      article: policy.kind === 'major_decision' ? `${ARTICLES.decisionConsultation}；${ARTICLES.decisionLegalityMaterials}` : materialsArticle(policy.kind),
    });
    if (!newest) return unmet('drafting:gate.versionSubmitted');
    if (newest.state === 'draft') return unmet('drafting:gate.draftOpen', { no: newest.no });
    return isWritten(newest.draftingNote) ? null : unmet('drafting:gate.noteMissing', { no: newest.no });
  },
};
