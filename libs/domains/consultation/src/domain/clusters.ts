import { DomainError } from '@platform/kernel';

/** How alike opinions must be to what their cluster shares. Below, strangers come together; above, only copies do. */
export const CLUSTER_THRESHOLD = { least: 0.15, usual: 0.25, most: 0.8 } as const;

/** After so long, in milliseconds, a wish that no worker has done is given up, and another may be made. */
export const JOB_LOST_MS = 30 * 60_000;

/** @throws DomainError invalid `clusters:error.threshold` outside the bounds. */
export function requireThreshold(threshold: number): number {
  const { least, most } = CLUSTER_THRESHOLD;
  if (threshold >= least && threshold <= most) return threshold;
  throw DomainError.invalid('clusters:error.threshold', [{ field: 'threshold', key: 'clusters:error.threshold', params: { least, most } }], { least, most });
}

export const LIKENESSES = ['same', 'nearly', 'mostly', 'partly', 'little'] as const;
/** A similarity in a word that an officer can act upon. */
export type Likeness = (typeof LIKENESSES)[number];

/**
 * Jaccard similarity falls faster than an eye expects: a letter with as much of one's own as of the template has about a half.
 *
 * @param toCommon similarity with what the cluster shares, 0 to 1
 * @param toRepresentative similarity with the representative; 1 means the same words
 */
export function likenessOf(toCommon: number, toRepresentative: number): Likeness {
  if (toRepresentative === 1) return 'same';
  if (toCommon >= 0.8) return 'nearly';
  if (toCommon >= 0.5) return 'mostly';
  return toCommon >= 0.35 ? 'partly' : 'little';
}
