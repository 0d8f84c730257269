import { DomainError } from '@platform/kernel';
import type { RulePack } from '../procedure';
import { GUANGDONG } from './guangdong';
import { NATIONAL } from './national';

/** Names under which a pack is known; the demonstration's cities lie in no province and follow Guangdong's. */
const PACKS: Readonly<Record<string, RulePack>> = { CN: NATIONAL, GD: GUANGDONG, 'demo-2026': GUANGDONG };

/** The names that a city may carry in `city.rule_pack`. */
export const RULE_PACK_NAMES: readonly string[] = Object.keys(PACKS);

/** The pack of a name. Refuses one that this release does not know: the steps of a procedure are never guessed. */
export function rulePack(name: string): RulePack {
  const pack = Object.hasOwn(PACKS, name) ? PACKS[name] : undefined;
  if (!pack) throw new DomainError('conflict', 'policy:error.unknownRulePack', { params: { name } });
  return pack;
}
