import { parameter } from '@core/statutes';
import { DomainError } from '@platform/kernel';
import fc from 'fast-check';
import { POLICY_KINDS } from '../kinds';
import { attachmentsFor, docketsFor, ISSUERS, type ProcedureFacts } from '../procedure';
import { RULE_PACK_NAMES, rulePack } from './index';

const facts = fc.record<ProcedureFacts>({
  affectsMarket: fc.boolean(), technical: fc.boolean(), publicRisk: fc.boolean(), emergency: fc.boolean(), issuer: fc.constantFrom(...ISSUERS),
});
const packs = fc.constantFrom(...RULE_PACK_NAMES.map(rulePack));

it('asks a legality review and a meeting of everything, whatever the facts, and each step once and in order', () => {
  fc.assert(fc.property(packs, fc.constantFrom(...POLICY_KINDS), facts, (pack, kind, given) => {
    const kinds = docketsFor(pack, kind, given).map((rule) => rule.kind);
    expect(kinds).toContain('legality');
    expect(kinds.at(-1)).toBe('collective_deliberation');
    expect(new Set(kinds).size).toBe(kinds.length);
    expect(kinds.includes('fair_competition')).toBe(given.affectsMarket);
  }));
});

it('asks experts of a technical decision and a risk assessment of a risky one, unless it is an emergency', () => {
  fc.assert(fc.property(packs, facts, (pack, given) => {
    const kinds = docketsFor(pack, 'major_decision', given).map((rule) => rule.kind);
    expect(kinds.includes('expert_argument')).toBe(given.technical && !given.emergency);
    expect(kinds.includes('risk_assessment')).toBe(given.publicRisk && !given.emergency);
    expect(attachmentsFor(pack, 'major_decision', given).some(({ kind }) => kind === 'risk_report')).toBe(given.publicRisk);
  }));
});

it('names an article for every step and material, and parameters that are in force on the day of the pack', () => {
  for (const name of RULE_PACK_NAMES) {
    const pack = rulePack(name);
    for (const kind of POLICY_KINDS) {
      const { dockets, attachments, note, validity } = pack.kinds[kind];
      for (const { article } of [...dockets, ...attachments, note]) expect(article).toMatch(/第.+条|〔\d{4}〕\d+号/);
      for (const id of dockets.flatMap((rule) => [...rule.parameters, ...(rule.period ? [rule.period.parameter] : [])])) expect(parameter(id, pack.version).id).toBe(id);
      if (validity) expect(parameter(validity.parameter, pack.version).value.y).toBeGreaterThanOrEqual(parameter(validity.parameter, pack.version).value.trial_y);
    }
  }
});

it('limits the time in force in Guangdong and in the demonstration, and nowhere by guess', () => {
  expect(rulePack('GD').kinds.normative_document.validity).toEqual({ parameter: 'nrd.validity.GD' });
  expect(rulePack('demo-2026')).toBe(rulePack('GD'));
  expect(rulePack('CN').kinds.normative_document.validity).toBeNull();
});

it.each(['', 'XX', 'toString', '__proto__'])('refuses the unknown pack %p', (name) => {
  expect(() => rulePack(name)).toThrow(DomainError);
});
