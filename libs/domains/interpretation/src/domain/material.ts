import { DomainError, TransitionTable } from '@platform/kernel';

export const MATERIAL_KINDS = ['text', 'picture'] as const;
export type MaterialKind = (typeof MATERIAL_KINDS)[number];

export const CHANNELS = ['website', 'gazette', 'wechat', 'press', 'venue'] as const;
/** Where an interpretation is made known: 政府网站 政府公报 政务新媒体 新闻发布 政务公开专区. */
export type Channel = (typeof CHANNELS)[number];

export type MaterialState = 'draft' | 'approved' | 'released';
type MaterialStep = 'approve' | 'revise' | 'release';

/** A material is written, approved by a second person for one text, and released with the policy; a change sends it back to be approved again. */
export const MATERIAL_LIFE = new TransitionTable<MaterialState, MaterialStep>('material', {
  initial: 'draft',
  final: ['released'],
  states: ['draft', 'approved', 'released'],
  transitions: [
    { name: 'approve', from: ['draft', 'approved'], to: 'approved' },
    { name: 'revise', from: ['draft', 'approved'], to: 'draft' },
    { name: 'release', from: ['approved'], to: 'released' },
  ],
});

/** 国务院办公厅: interpretation plan and materials go with the draft, and out with the document. */
export const INTERPRETATION_ARTICLE = '国办发〔2016〕80号';

export interface ApprovedFor {
  state: MaterialState;
  /** SHA-256 of the text for which it was approved; null while it is a draft. */
  textHash: string | null;
}

/** Whether the text has changed since the approval. What is released went out with its text and is never stale. */
export const isStale = (material: ApprovedFor, latestTextHash: string | null): boolean =>
  material.state === 'approved' && material.textHash !== latestTextHash;

export interface Readiness {
  missing: MaterialKind[];
  /** Titles of approved materials whose text has changed since. */
  stale: string[];
}

/**
 * What still keeps the interpretations from going out with this text: each kind needs one material approved for it, and none may be stale, for an
 * interpretation of words that are no longer there misleads.
 */
export function readiness(materials: readonly (ApprovedFor & { kind: MaterialKind; title: string })[], latestTextHash: string | null): Readiness {
  const fit = materials.filter((material) => material.state !== 'draft' && !isStale(material, latestTextHash));
  return {
    missing: MATERIAL_KINDS.filter((kind) => !fit.some((material) => material.kind === kind)),
    stale: materials.filter((material) => isStale(material, latestTextHash)).map((material) => material.title),
  };
}

/** Refuses identities that the text does not have: a material must be about words that exist. */
export function assertClausesExist(wanted: readonly string[], existing: ReadonlySet<string>): void {
  const unknown = wanted.filter((identity) => !existing.has(identity));
  if (wanted.length === 0 || unknown.length > 0) {
    const key = wanted.length === 0 ? 'interpretation:error.clauseNeeded' : 'interpretation:error.clauseUnknown';
    throw DomainError.invalid(key, [{ field: 'clauses', key, params: { count: unknown.length } }]);
  }
}
