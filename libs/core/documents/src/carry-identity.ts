import { matchClauses } from './match-clauses';
import type { Provision } from './provision';

/** A provision with the identity that its clause keeps through all versions of a policy, whatever its number. */
export type IdentifiedProvision = Provision & { identity: string };

/**
 * Gives each provision of a new version its identity: that of the old clause it comes from, or a new one.
 *
 * @param old the version before, empty for the first one
 * @param mint makes an identity that was never given out before, such as `newId`: a removed clause's must not come back
 */
export function carryIdentity(old: IdentifiedProvision[], next: Provision[], mint: () => string): IdentifiedProvision[] {
  const matches = matchClauses(old, next);
  return next.map((provision, at) => ({ ...provision, identity: old[matches.get(at) ?? -1]?.identity ?? mint() }));
}
