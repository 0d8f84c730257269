import { CreatePolicy, DecidePlanItem, ProposePlanItem, SaveDraft, StartDrafting, SubmitVersion } from '@domains/drafting';
import { type Docket, LIFE_CYCLE, POLICY_STATES, type PolicyState, type PolicyTransition } from '@core/policy';
import { newId, systemActor } from '@platform/kernel';
import { startTestApp, type TestApp } from '../../support/app';
import { makeCity, type TestCity } from '../../support/people';
import { formOf, signatureOf } from '../../support/signatures';
import { type Desk, deskOf } from './desk';
import { TEXT } from './matter';

const MAD = (article: string): string => `《重大行政决策程序暂行条例》第${article}`;
const FCR = (article: string): string => `《公平竞争审查条例》第${article}`;
const ROLES = ['drafter', 'department_head', 'argument_convener', 'risk_assessor', 'legal_reviewer', 'fair_competition_reviewer', 'deliberation_secretary', 'registrar'] as const;
const SIGNER: Readonly<Record<Docket, (typeof ROLES)[number]>> = {
  expert_argument: 'argument_convener', risk_assessment: 'risk_assessor', legality: 'legal_reviewer', fair_competition: 'fair_competition_reviewer', collective_deliberation: 'deliberation_secretary',
};

let test: TestApp;
let city: TestCity;
let id: string;
let path: string;
let version: { versionId: string; textHash: string };
const dockets = {} as Record<Docket, string>;
const desks = {} as Record<(typeof ROLES)[number] | 'expert', Desk>;

const sql = <R>(text: string, ...more: unknown[]): Promise<R[]> => test.unitOfWork.run(systemActor(city.id), (tx) => tx.query<R>(text, [city.id, ...more]));
const putAt = (state: PolicyState): Promise<unknown> => sql('UPDATE policy SET state = $2, document_number = coalesce(document_number, $4), published_at = coalesce(published_at, now()), effective_from = coalesce(effective_from, $5::date) WHERE city_id = $1 AND id = $3', state, id, '测甲〔2026〕99号', '2026-04-01');

/** A major decision, technical, risky and touching the market, so that every step of the regulation applies; its dockets are open. */
beforeAll(async () => {
  test = await startTestApp();
  city = await makeCity(test);
  const { people, id: tenantId } = city.departments[0];
  const item = await test.app.get(ProposePlanItem).run(people.drafter, { year: 2026, kind: 'make', title: '捷径办法', reason: '需要' });
  await test.app.get(DecidePlanItem).run(people.department_head, item.id, { decision: 'approve' });
  ({ id } = await test.app.get(CreatePolicy).run(people.drafter, item.id, {
    kind: 'major_decision', title: '捷径办法', summary: '', affectsMarket: true, responsibleId: people.department_head.accountId, topics: [], audience: [],
    facts: { technical: true, technicalReason: '', publicRisk: true, publicRiskReason: '', issuer: 'department', emergency: false, emergencyReason: '' },
  }));
  path = `/console/policies/${id}`;
  await test.app.get(StartDrafting).run(people.drafter, id);
  await test.app.get(SaveDraft).run(people.drafter, id, { seen: 1, text: TEXT, draftingNote: '说明' });
  version = await test.app.get(SubmitVersion).run(people.drafter, id, 2);
  for (const role of ROLES) desks[role] = await deskOf(test, people[role]);
  desks.expert = await deskOf(test, city.experts[0] ?? people.drafter);
  const articles: Record<Docket, string> = { expert_argument: MAD('十九条'), risk_assessment: MAD('二十二条'), legality: MAD('二十五条'), fair_competition: FCR('十二条'), collective_deliberation: MAD('三十条') };
  for (const kind of Object.keys(SIGNER) as Docket[]) {
    dockets[kind] = newId();
    await sql(`INSERT INTO docket (city_id, id, tenant_id, policy_id, version_id, kind, text_hash, opened_by, opened_at, due_article) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, now(), $9)`,
      dockets[kind], tenantId, id, version.versionId, kind, version.textHash, people.drafter.accountId, articles[kind]);
  }
});
afterAll(() => test.close());

interface Shortcut {
  by: keyof typeof desks;
  page: string;
  form: string;
  api: string;
  method?: 'POST' | 'PUT';
  body: Record<string, unknown>;
  status: number;
  articles: string[];
}

/** Takes the shortcut from the page and from the API: both refuse it alike and name the articles. */
async function refused({ by, page, form, api, method = 'POST', body, status, articles }: Shortcut): Promise<void> {
  const fields = Object.fromEntries(Object.entries(body).map(([name, value]) => [name, value === true ? 'on' : String(value)]));
  const onPage = await desks[by].post(page, form, fields);
  const atApi = await desks[by].api(method, api, body);
  expect([onPage.status, atApi.status]).toEqual([status, status]);
  for (const article of articles) {
    expect(onPage.body).toContain(article);
    expect(JSON.stringify(atApi.json)).toContain(article);
  }
}

const signing = (kind: Docket, more: Parameters<typeof signatureOf>[2], articles: string[], status = 422, outcome: 'passed' | 'returned' = 'passed'): Shortcut => {
  const form = `${path}/dockets/${dockets[kind]}`;
  const filled = Object.fromEntries(Object.entries(formOf(signatureOf(kind, outcome, more))).map(([name, value]) => [name, value === 'on' ? true : value]));
  return { by: SIGNER[kind], page: form, form, api: `/policies/${id}/dockets/${dockets[kind]}`, body: filled, status, articles };
};

describe('what the rules forbid is refused with its article, from the page and from the API', () => {
  it('review without the sections of the note and the files', async () => {
    await putAt('drafting');
    await refused({ by: 'drafter', page: path, form: `${path}/review`, api: `/policies/${id}/review`, body: {}, status: 409, articles: [MAD('二十六条'), MAD('二十三条')] });
  });

  it('the meeting before every review: argument, risk, legality, competition', async () => {
    await putAt('reviewing');
    await refused({
      by: 'drafter', page: path, form: `${path}/deliberation`, api: `/policies/${id}/deliberation`, body: {}, status: 409, articles: [MAD('十九条'), MAD('二十二条'), MAD('二十五条'), '《公平竞争审查条例》'],
    });
  });

  it('a lawful procedure while argument and risk assessment are open', () => refused(signing('legality', {}, [MAD('二十七条')])));

  it('an argument without an expert, an expert who has not declared, one with a direct interest', async () => {
    await refused(signing('expert_argument', {}, [MAD('十九条')]));
    const { people } = city.departments[0];
    const seat = newId();
    await sql(`INSERT INTO docket_expert (city_id, id, tenant_id, policy_id, docket_id, version_id, account_id, named_by, named_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, now())`,
      seat, city.departments[0].id, id, dockets.expert_argument, version.versionId, city.experts[0]?.accountId, people.argument_convener.accountId);
    const opinion: Shortcut = { by: 'expert', page: `/console/arguments/${seat}`, form: `/console/arguments/${seat}/opinion`, api: `/arguments/${seat}/opinion`, body: { view: 'feasible', opinion: '可行' }, status: 403, articles: [MAD('二十条')] };
    await refused({ ...opinion, status: 409 });
    expect((await desks.expert.api('POST', `/arguments/${seat}/declaration`, { interest: 'yes', note: '受聘于申报企业' })).status).toBeLessThan(300);
    await refused(opinion);
  });

  it('a risk that passes without a report, or without saying who was heard', async () => {
    await refused(signing('risk_assessment', {}, [MAD('二十三条')]));
    await refused(signing('risk_assessment', { heard: '' }, [MAD('二十三条')]));
  });

  it('an exception from fair competition without its purpose, its comparison or its end; a restriction that is waved through; nobody heard', async () => {
    const exception = { conclusion: 'exception', access: 'concern', purpose: 'technology', alternative: '没有影响更小的办法', endsOn: '2027-12-31' } as const;
    await refused(signing('fair_competition', { ...exception, purpose: '' }, [FCR('十二条')]));
    await refused(signing('fair_competition', { ...exception, alternative: '' }, [FCR('十二条')]));
    await refused(signing('fair_competition', { ...exception, endsOn: '2020-01-01' }, [FCR('十二条')]));
    await refused(signing('fair_competition', { access: 'concern' }, [FCR('十八条')]));
    await refused(signing('fair_competition', { heard: '' }, [FCR('十六条')]));
  });

  it('a meeting without minutes, dissent or the head’s last word, with more votes than people, against the majority without reasons, before the party committee was asked', async () => {
    await putAt('deliberating');
    const meeting = MAD('三十条');
    await refused(signing('collective_deliberation', { minutes: '' }, [meeting]));
    await refused(signing('collective_deliberation', { votesFor: 6, votesAgainst: 1, dissent: '' }, [meeting]));
    await refused(signing('collective_deliberation', { headLast: false }, [meeting]));
    await refused(signing('collective_deliberation', { votesFor: 9, present: 8 }, [meeting]));
    await refused(signing('collective_deliberation', { votesFor: 2, votesAgainst: 6, dissent: '多数反对', majorityReason: '' }, [meeting]));
    await refused(signing('collective_deliberation', { partyReport: '' }, [MAD('三十一条')]));
  });

  it('an approval before the meeting, a publication before the approval', async () => {
    await refused({ by: 'department_head', page: `${path}/dockets`, form: `${path}/approval`, api: `/policies/${id}/approval`, body: { statement: '先批' }, status: 409, articles: [MAD('三十条')] });
    await refused({ by: 'registrar', page: `${path}/dockets`, form: `${path}/publication`, api: `/policies/${id}/publication`, body: { effectiveFrom: '2026-05-01' }, status: 409, articles: [MAD('七条')] });
  });

  it('a signature by somebody who is not the one named', async () => {
    await putAt('reviewing');
    const other = city.departments[0].people.department_head;
    await sql(`INSERT INTO membership (city_id, tenant_id, account_id, role) VALUES ($1, $2, $3, 'legal_reviewer') ON CONFLICT DO NOTHING`, city.departments[0].id, other.accountId);
    await sql('UPDATE docket SET reviewer_id = $3, reviewer_tenant_id = tenant_id WHERE city_id = $1 AND id = $2', dockets.legality, other.accountId);
    await refused(signing('legality', {}, [MAD('二十五条')], 403));
  });

  it('a meeting on what is not under control', async () => {
    await sql(`UPDATE docket SET reviewer_id = $3, reviewer_tenant_id = tenant_id, outcome = 'returned', opinion = '不可控', record = '{"conclusion":"uncontrollable"}', signed_at = now() WHERE city_id = $1 AND id = $2`,
      dockets.risk_assessment, city.departments[0].people.risk_assessor.accountId);
    await refused({ by: 'drafter', page: path, form: `${path}/deliberation`, api: `/policies/${id}/deliberation`, body: {}, status: 409, articles: [MAD('二十四条')] });
  });
});

/** The steps that have a door of their own in this room. */
const STEPS: readonly { transition: PolicyTransition; by: keyof typeof desks; path: string; body: Record<string, unknown> }[] = [
  { transition: 'start_drafting', by: 'drafter', path: 'start', body: {} },
  { transition: 'submit_for_review', by: 'drafter', path: 'review', body: {} },
  { transition: 'submit_for_deliberation', by: 'drafter', path: 'deliberation', body: {} },
  { transition: 'approve', by: 'department_head', path: 'approval', body: { statement: '同意' } },
  { transition: 'publish', by: 'registrar', path: 'publication', body: { effectiveFrom: '2026-05-01' } },
  { transition: 'withdraw', by: 'department_head', path: 'withdrawal', body: { withdrawReason: '不做了' } },
];
const WRONG = STEPS.flatMap((step) => POLICY_STATES.filter((state) => !LIFE_CYCLE.from(state).some(({ name }) => name === step.transition)).map((state) => [step.transition, state, step] as const));

it.each(WRONG)('%s from %s is out of order, on the page and at the API', async (_transition, state, step) => {
  await putAt(state);
  await refused({ by: step.by, page: `${path}/dockets`, form: `${path}/${step.path}`, api: `/policies/${id}/${step.path}`, body: step.body, status: 409, articles: [MAD('七条')] });
});
