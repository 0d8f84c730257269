import { type PolicyRow, validityRule, validityWarning } from '@core/policy';
import { chinaDate } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import { statuteHref } from '../statutes/statute-names';

/** How long the policy may be in force if it is published today, for the form that publishes it; null where no rule sets a limit. */
export async function publicationRule(tx: TenantTx, policy: PolicyRow) {
  const rule = await validityRule(tx, policy, chinaDate(tx.at));
  return rule && { ...rule, href: statuteHref(tx.cityId, rule.parameter) };
}

/** What does not follow the rule in the time in force of a policy that is out, by the rule of the day on which it was published; null where nothing does. */
export async function standingWarning(tx: TenantTx, policy: PolicyRow) {
  if (policy.state !== 'published' || !policy.publishedAt || !policy.effectiveFrom) return null;
  const rule = await validityRule(tx, policy, chinaDate(policy.publishedAt));
  const warning = rule && validityWarning(rule, { title: policy.title, effectiveFrom: policy.effectiveFrom, effectiveTo: policy.effectiveTo });
  return warning && { ...warning, blocks: rule.blocks, href: statuteHref(tx.cityId, rule.parameter) };
}
