import { type Gate, latestSubmittedVersion } from '@core/policy';
import { ARTICLES, materialsArticle } from '../domain/articles';
import { isWritten } from '../domain/notes';
import { openDraft } from '../persistence/draft-text';

/** What goes out, to the public or to reviewers, is a closed version with its drafting note, and nobody is still writing at another one. */
export const versionSubmitted: Gate = {
  key: 'drafting.version_submitted',
  on: ['open_consultation', 'submit_for_review'],
  async check(tx, policy) {
    const [draft, latest] = [await openDraft(tx, policy.id), await latestSubmittedVersion(tx, policy.id)];
    const unmet = (key: string, params = {}): { gate: string; key: string; params: Record<string, unknown>; article: string } => ({
      gate: 'drafting.version_submitted', key, params,
      article: policy.kind === 'major_decision' ? `${ARTICLES.decisionConsultation}；${ARTICLES.decisionLegalityMaterials}` : materialsArticle(policy.kind),
    });
    if (draft) return unmet('drafting:gate.draftOpen', { no: draft.no });
    if (!latest) return unmet('drafting:gate.versionSubmitted');
    return isWritten(latest.draftingNote) ? null : unmet('drafting:gate.noteMissing', { no: latest.no });
  },
};
