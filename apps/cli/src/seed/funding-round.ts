import {
  CheckApplication, CloseCall, CommitDraw, CreateCall, CreateProgramme, DecideCall, DeclareConflict, GrantAwards, OpenCall, PayAward, PostNotice, PostObjection, readCallDesk,
  ResolveObjection, RevealDraw, SaveApplication, SignReview, StartReview, SubmitApplication, myMatch,
} from '@domains/funding';
import { chinaInstant, type IsoDate } from '@platform/kernel';
import { later, workday } from './calendar';
import { type CityContent, funding } from './content';
import { identitiesOf, type PolicyScript } from './life';
import type { Life } from './lives';
import type { Stage } from './stage';

/** The seed value of the demonstration's draw; a fictitious lottery, drawn after the pool was committed. */
const SEED = { source: '明川示例福利数字第2025146期公布的七个号码', value: '03 08 14 19 22 27 / 05' };

/** One call from its notice to its first payments: apply, check, draw, blind scores, decision, notice with an objection, awards. */
export async function* fundingRound(stage: Stage, city: CityContent, script: PolicyScript, policyId: string): Life {
  const manager = stage.staff(script.department, 'fund_manager');
  const head = stage.staff(script.department, 'department_head');
  const identities = await identitiesOf(stage, policyId, script);
  const clause = (id: string): string => identities.get(id) ?? id;
  yield workday(later(stage.today, 14));
  const programme = await stage.use(CreateProgramme).run(manager, policyId, { title: funding.programme.name, clauseIdentity: clause(funding.programme.clauseId) });
  const opens = workday(later(stage.today, 3));
  const closes = later(opens, funding.call.openDays);
  const { id: callId } = await stage.minutes(60).use(CreateCall).run(manager, programme.id, {
    title: funding.call.title, guide: funding.call.guide, budgetFen: funding.call.budgetFen, perAwardMaxFen: funding.call.perAwardMaxFen,
    opensAt: chinaInstant(opens, '09:00:00'), closesAt: chinaInstant(closes, '18:00:00'), answerBy: later(closes, 75),
    conditions: funding.call.conditions.map(({ clauseId, ...condition }) => ({ ...condition, clause: clause(clauseId) })),
    criteria: funding.call.criteria.map((criterion) => ({ ...criterion })),
    expertsNeeded: funding.call.expertsNeeded, divergenceThreshold: funding.call.divergenceThreshold, noticeWorkingDays: funding.call.noticeWorkingDays,
  });
  await stage.minutes(30).use(OpenCall).run(manager, callId);
  yield* applyAndCheck(stage, city, callId, manager, opens, closes);
  yield* reviewBlind(stage, city, callId, manager);
  yield* decideAndPay(stage, city, script, callId, head);
}

async function* applyAndCheck(stage: Stage, city: CityContent, callId: string, manager: ReturnType<Stage['staff']>, opens: IsoDate, closes: IsoDate): Life {
  const submitted: { id: string; person: ReturnType<Stage['person']> }[] = [];
  for (const [index, application] of funding.applications.entries()) {
    yield later(opens, 5 + index * 6);
    const person = enterprise(stage, city, application.enterprise);
    const { id } = await stage.use(SaveApplication).run(person, callId, { title: application.title, summary: application.summary, amountFen: application.amountFen });
    await stage.minutes(45).use(SubmitApplication).run(person, id);
    submitted.push({ id, person });
  }
  yield workday(later(closes, 1));
  await stage.use(CloseCall).run(manager, callId);
  const { conditions } = (await stage.unitOfWork.run(manager, (tx) => readCallDesk(tx, callId))).call;
  for (const { id, person } of submitted) {
    // What the register does not know, a person has looked at.
    const matched = await stage.unitOfWork.run(person, (tx) => myMatch(tx, conditions));
    const confirmed = matched.flatMap(({ verdict }, index) => (verdict === 'unknown' ? [{ index, evidence: '已核对企业提交的年度审计报告。' }] : []));
    await stage.minutes(50).use(CheckApplication).run(manager, id, { outcome: 'accepted', findings: '材料齐全，符合申报条件。', confirmed });
  }
}

async function* reviewBlind(stage: Stage, city: CityContent, callId: string, manager: ReturnType<Stage['staff']>): Life {
  const available = workday(later(stage.today, 3));
  await stage.minutes(60).use(CommitDraw).run(manager, callId, { seedSource: SEED.source, seedAvailableAt: chinaInstant(available, '21:30:00') });
  yield workday(later(available, 1));
  await stage.use(RevealDraw).run(manager, callId, SEED.value);
  await stage.minutes(20).use(StartReview).run(manager, callId);
  yield workday(later(stage.today, 5));
  const desk = await stage.unitOfWork.run(manager, (tx) => readCallDesk(tx, callId));
  for (const application of desk.applications) {
    const script = funding.applications.find(({ title }) => title === application.data.title);
    for (const [turn, assignment] of application.reviews.entries()) {
      const expert = stage.person(`expert/${city.experts.findIndex(({ code }) => code === assignment.code)}`);
      const review = script?.reviews[turn];
      if (!review) throw new Error(`no review is written for ${application.data.title}, turn ${turn}`);
      await stage.minutes(5).use(DeclareConflict).run(expert, assignment.id, { conflict: false });
      await stage.minutes(20).use(SignReview).run(expert, assignment.id, { scores: { ...review.scores }, comment: review.comment });
    }
  }
}

async function* decideAndPay(stage: Stage, city: CityContent, script: PolicyScript, callId: string, head: ReturnType<Stage['staff']>): Life {
  const manager = stage.staff(script.department, 'fund_manager');
  yield workday(later(stage.today, 6));
  const desk = await stage.unitOfWork.run(manager, (tx) => readCallDesk(tx, callId));
  await stage.use(DecideCall).run(head, callId, desk.applications.filter(({ state }) => state === 'accepted').map(({ id, data }) => {
    const decision = funding.applications.find(({ title }) => title === data.title)?.decision;
    return { applicationId: id, amountFen: decision?.amountFen ?? 0, reason: decision?.reason ?? '' };
  }));
  const { endsOn } = await stage.minutes(60).use(PostNotice).run(manager, callId);
  yield workday(later(stage.today, 2));
  const { objection } = funding;
  const decisions = await stage.unitOfWork.run(manager, (tx) => tx.query<{ id: string; name: string }>(
    'SELECT id, enterprise_name AS name FROM fund_decision WHERE city_id = $1 AND call_id = $2', [tx.cityId, callId]));
  const against = city.enterprises.find(({ key }) => key === objection.againstEnterprise);
  const { id } = await stage.use(PostObjection).run(enterprise(stage, city, objection.byEnterprise), callId, {
    decisionId: decisions.find(({ name }) => name === against?.name)?.id ?? null, text: objection.text,
  });
  yield workday(later(stage.today, 3));
  await stage.use(ResolveObjection).run(manager, id, { upheld: objection.upheld, answer: objection.answer });
  yield workday(later(endsOn, 1));
  await stage.use(GrantAwards).run(head, callId);
  yield workday(later(stage.today, 10));
  const awarded = (await stage.unitOfWork.run(manager, (tx) => readCallDesk(tx, callId))).applications.flatMap(({ award }) => award ?? []);
  // Half now, the rest after acceptance (article 34); the last award waits for its contract.
  for (const [index, award] of awarded.slice(0, -1).entries()) {
    await stage.minutes(20).use(PayAward).run(stage.staff(script.department, 'finance_officer'), award.id, {
      instalment: 1, amountFen: award.amountFen / 2, voucher: `MC-2026-${String(index + 1).padStart(4, '0')}`,
    });
  }
}

function enterprise(stage: Stage, city: CityContent, key: string) {
  const index = city.enterprises.findIndex((candidate) => candidate.key === key);
  return stage.person(`enterprise/${index}`);
}
