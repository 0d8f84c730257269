import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isCreditCode, ROLES } from '@platform/kernel';
import { diffDocuments, parseText, reassemble, sameText } from '@core/documents';
import { POLICY_STATES, rulePack } from '@core/policy';
import { parameter } from '@core/statutes';
import { changes, CITIES, firstText, funding, industryPolicy, opinions, otherPolicies, secondText, STAFF_ROLES } from './index';
import { UNDER_REVIEW } from '../reviews';
import { contentFolder, readText } from './text';

const first = parseText(firstText);
const second = parseText(secondText);
const clauses = (document: typeof first): Set<string> => new Set(document.provisions.map(({ clauseId }) => clauseId));
const unique = (values: readonly unknown[]): boolean => new Set(values).size === values.length;

describe('the industry policy', () => {
  it.each([['first', firstText], ['second', secondText]])('parses cleanly: the %s text', (_name, text) => {
    const parsed = parseText(text);
    expect(parsed.title).toBe(industryPolicy.title);
    expect(parsed.articles).toBe(49);
    expect(parsed.provisions.filter(({ kind }) => kind === 'chapter')).toHaveLength(8);
    expect(parsed.unrecognised).toEqual([]);
    expect(sameText(reassemble(parsed.provisions), text)).toBe(true);
    expect(text.length).toBeGreaterThan(6000);
    expect(text.length).toBeLessThan(8000);
  });

  it('changes exactly the clauses that the list of changes names', () => {
    const changed = diffDocuments(first.provisions, second.provisions).changes.filter(({ type }) => type !== 'same');
    expect(changed.map(({ next }) => next?.clauseId).sort()).toEqual(changes.map(({ clauseId }) => clauseId).sort());
  });

  it('refers to articles that it has', () => {
    const numerals = [...firstText.matchAll(/本办法(第[一二三四五六七八九十]+条)/g)].map((found) => found[1]);
    const labels = new Set(first.provisions.map(({ label }) => label));
    expect(numerals.filter((label) => !labels.has(label ?? ''))).toEqual([]);
    expect(numerals.length).toBeGreaterThan(3);
  });

  it('asks the public for as long as the law wants, in three sentences', () => {
    expect(industryPolicy.consultation.days).toBeGreaterThanOrEqual(parameter('nrd.consult.market', '2026-01-05').value.min);
    expect(industryPolicy.consultation.purpose.match(/[。！？]/g)).toHaveLength(3);
  });

  it('ties its interpretation to clauses, and its pictures are small PNGs with words', () => {
    const known = clauses(second);
    expect(industryPolicy.textInterpretation.clauseIds.filter((id) => !known.has(id))).toEqual([]);
    for (const picture of industryPolicy.pictures) {
      expect(picture.clauseIds.filter((id) => !known.has(id))).toEqual([]);
      const bytes = picture.read();
      expect(bytes.subarray(1, 4).toString('ascii')).toBe('PNG');
      expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([1200, 1600]);
      expect(bytes.length).toBeLessThanOrEqual(300 * 1024);
      expect(picture.alt.length).toBeGreaterThan(200);
    }
  });
});

describe('the opinions', () => {
  it('are thirty, name clauses, and answer each with a reason', () => {
    expect(opinions).toHaveLength(30);
    expect(unique(opinions.map(({ key }) => key))).toBe(true);
    expect(opinions.filter(({ clauseId }) => clauseId !== null && !clauses(first).has(clauseId))).toEqual([]);
    expect(opinions.filter(({ reason }) => reason.length < 5)).toEqual([]);
    const [city] = CITIES;
    for (const { author } of opinions) {
      if (author.kind !== 'anonymous') expect(author.index).toBeLessThan(author.kind === 'enterprise' ? city!.enterprises.length : city!.residents.length);
    }
  });

  it('lead to every change, and only adopted ones do', () => {
    const named = opinions.filter(({ changedClauseId }) => changedClauseId !== undefined);
    expect(named).toEqual(opinions.filter(({ disposition }) => disposition === 'adopted' || disposition === 'partly'));
    expect(new Set(named.map(({ changedClauseId }) => changedClauseId))).toEqual(new Set(changes.map(({ clauseId }) => clauseId)));
  });

  it('hold campaigns of four and three, each answered alike', () => {
    const campaign = (name: string): typeof opinions => opinions.filter((opinion) => opinion.campaign === name);
    expect([campaign('revenue-threshold').length, campaign('local-products').length]).toEqual([4, 3]);
    for (const name of ['revenue-threshold', 'local-products']) expect(new Set(campaign(name).map(({ reason }) => reason)).size).toBe(1);
  });
});

describe('the other policies', () => {
  it('show every state in the first city, together with the industry policy', () => {
    const states = otherPolicies.filter(({ city }) => city === '999901').map(({ state }) => state);
    expect(new Set(states)).toEqual(new Set(POLICY_STATES));
    expect(unique(otherPolicies.map(({ key }) => key))).toBe(true);
  });

  it.each(otherPolicies.filter(({ text }) => text !== null).map((policy) => [policy.key, policy] as const))('parses and is complete: %s', (_key, policy) => {
    const parsed = parseText(policy.text ?? '');
    expect(parsed.title).toBe(policy.title);
    expect(parsed.articles).toBeGreaterThanOrEqual(6);
    expect(parsed.articles).toBeLessThanOrEqual(15);
    expect(parsed.unrecognised).toEqual([]);
    expect(sameText(reassemble(parsed.provisions), policy.text ?? '')).toBe(true);
    expect(policy.draftingNote).toBeTruthy();
    if (policy.validYears !== null && rulePack('demo-2026').kinds[policy.kind].validity) expect(policy.validYears).toBeLessThanOrEqual(parameter('nrd.validity.GD', '2026-01-01').value.y);
    expect(policy.validYears === null).toBe(policy.inForce !== undefined);
    if (policy.purpose) expect(policy.purpose.match(/[。！？]/g)).toHaveLength(3);
  });

  it('are left in their reviews where something is played there', () => {
    expect(Object.keys(UNDER_REVIEW).map((key) => otherPolicies.find((policy) => policy.key === key)?.state)).toEqual(['reviewing', 'reviewing']);
  });

  it('leave no text of the folder unused', () => {
    const used = new Set([firstText, industryPolicy.draftingNote, industryPolicy.textInterpretation.body, ...otherPolicies.map(({ text }) => text)]);
    const files = readdirSync(join(contentFolder, 'text'));
    expect(files.filter((file) => !used.has(readText(file.replace(/\.txt$/, ''))))).toEqual([]);
  });

  it('name successors that exist and reasons where one is due', () => {
    const keys = new Set(otherPolicies.map(({ key }) => key));
    for (const policy of otherPolicies) {
      expect(policy.supersededBy === undefined || keys.has(policy.supersededBy)).toBe(true);
      expect(policy.state === 'superseded').toBe(policy.supersededBy !== undefined);
      expect(policy.state === 'abolished' || policy.state === 'withdrawn').toBe(policy.endReason !== undefined);
    }
    const conclusionOf = (state: string): Set<string | undefined> => new Set(otherPolicies.filter((policy) => policy.state === state).map(({ evaluation }) => evaluation?.conclusion));
    // What ends before its time ends because a report said so; only what was published is evaluated.
    expect([conclusionOf('abolished'), conclusionOf('superseded')]).toEqual([new Set(['abolish']), new Set(['amend'])]);
    expect(conclusionOf('published')).toEqual(new Set(['keep', undefined]));
    expect(otherPolicies.filter(({ state, evaluation }) => evaluation && !['published', 'superseded', 'abolished'].includes(state))).toEqual([]);
  });
});

describe('the cities', () => {
  it('have a person in every role of four departments, and nobody twice', () => {
    expect(STAFF_ROLES.length).toBe(ROLES.length - 3);
    const people = CITIES.flatMap((city) => [...city.departments.flatMap(({ staff }) => staff), ...city.residents, ...city.experts]);
    expect(unique(people.map(({ name }) => name))).toBe(true);
    for (const city of CITIES) {
      expect(city.departments).toHaveLength(4);
      expect([city.enterprises.length, city.residents.length, city.experts.length]).toEqual([6, 3, 9]);
      const accounts = [...city.departments.flatMap(({ staff }) => staff), ...city.enterprises, ...city.residents, ...city.experts];
      expect(unique(accounts.map(({ login }) => login))).toBe(true);
      expect(unique(city.departments.map(({ documentCode }) => documentCode))).toBe(true);
    }
  });

  it('give valid credit codes of their own region to enterprises and employers', () => {
    for (const city of CITIES) {
      const codes = [...city.enterprises.map(({ creditCode }) => creditCode), ...city.experts.map(({ employerCode }) => employerCode)];
      expect(codes.filter((code) => !isCreditCode(code) || code.slice(2, 8) !== city.code)).toEqual([]);
      expect(unique(city.enterprises.map(({ creditCode }) => creditCode))).toBe(true);
    }
  });
});

describe('the funding', () => {
  const { call, applications, objection } = funding;

  it('stands on clauses of the second text', () => {
    const known = clauses(second);
    expect([funding.programme.clauseId, ...call.conditions.map(({ clauseId }) => clauseId)].filter((id) => !known.has(id))).toEqual([]);
    expect(call.criteria.reduce((sum, { weight }) => sum + weight, 0)).toBe(100);
    expect(call.openDays).toBeGreaterThanOrEqual(30);
    expect(call.noticeWorkingDays).toBeGreaterThanOrEqual(parameter('fund.publicity.analogy', '2026-01-05').value.floor);
  });

  it('awards what the scores and the budget allow', () => {
    const enterprises = new Set(CITIES[0]!.enterprises.map(({ key }) => key));
    for (const { enterprise, summary, amountFen, reviews, decision } of applications) {
      expect(enterprises.has(enterprise)).toBe(true);
      expect(summary.length).toBeGreaterThan(200);
      expect(amountFen).toBeLessThanOrEqual(call.perAwardMaxFen);
      expect(decision.amountFen).toBeLessThanOrEqual(amountFen);
      const totals = reviews.map(({ scores }) => call.criteria.reduce((sum, { key, weight }) => sum + scores[key] * weight, 0) / 100).sort((a, b) => a - b);
      expect(totals).toHaveLength(call.expertsNeeded);
      expect(totals[2]! - totals[0]!).toBeLessThanOrEqual(call.divergenceThreshold);
      expect(totals[1]! >= 60).toBe(decision.amountFen > 0);
    }
    expect(applications.reduce((sum, { decision }) => sum + decision.amountFen, 0)).toBeLessThanOrEqual(call.budgetFen);
    expect(enterprises.has(objection.byEnterprise) && applications.some(({ enterprise }) => enterprise === objection.againstEnterprise)).toBe(true);
  });
});
