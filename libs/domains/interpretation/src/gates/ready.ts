import { type Gate, KIND_RULES, latestSubmittedVersion } from '@core/policy';
import { INTERPRETATION_ARTICLE, readiness } from '../domain/material';
import { materials } from '../persistence/repositories';

/** A text and a picture, approved for the very words that are published, and nothing stale. */
export const readyGate: Gate = {
  key: 'interpretation.ready',
  on: ['publish'],
  async check(tx, policy) {
    if (!KIND_RULES[policy.kind].interpretation) return null;
    const version = await latestSubmittedVersion(tx, policy.id);
    const { missing, stale } = readiness(await materials.find(tx, { policyId: policy.id }), version?.textHash ?? null);
    const unmet = { gate: 'interpretation.ready', article: INTERPRETATION_ARTICLE };
    if (stale.length > 0) return { ...unmet, key: 'interpretation:gate.stale', params: { count: stale.length, titles: stale.join('、') } };
    if (missing.length === 2) return { ...unmet, key: 'interpretation:gate.nothing' };
    if (missing[0]) return { ...unmet, key: missing[0] === 'text' ? 'interpretation:gate.noText' : 'interpretation:gate.noPicture' };
    return null;
  },
};
