import { OpenReport, PublishReport, SaveReport } from '@domains/evaluation';
import { CloseDueConsultations } from '@domains/consultation';
import { ExpirePolicies } from '@domains/ledger';
import { WithdrawPolicy } from '@domains/drafting';
import type { PolicyState } from '@core/policy';
import type { IsoDate } from '@platform/kernel';
import { abolition } from './abolition-round';
import { later, workday, yearsFrom } from './calendar';
import type { EvaluationContent, OpinionContent } from './content';
import * as act from './life';
import type { Answerable, PolicyScript } from './life';
import type { Stage } from './stage';

/** One policy's way through time: it yields the day on which it wants to go on; a part of one may answer what came of it. */
export type Life<T = void> = AsyncGenerator<IsoDate, T, void>;

export interface LifePlan {
  script: PolicyScript;
  /** The day of the plan. */
  start: IsoDate;
  /** The state in which the demonstration leaves it. */
  until: PolicyState;
  validYears: number | null;
  inForce?: { from: IsoDate; to: IsoDate } | undefined;
  opinions?: readonly OpinionContent[] | undefined;
  revisedText?: string | undefined;
  resultText?: string | undefined;
  evaluation?: EvaluationContent | undefined;
  /** The day on which the report is opened. */
  evaluateOn?: IsoDate | undefined;
  endReason?: string | undefined;
  /** The id of the policy that this one amends and leaves in force. */
  amends?: (() => string) | undefined;
  /** The id of the policy that this one replaces. */
  replaces?: (() => string) | undefined;
  /** Told the id as soon as there is one. */
  born?: ((id: string) => void) | undefined;
  /** The item of the annual plan, where the city has made one for it already. */
  planItem?: string | undefined;
  /** Comes into the city's plan as a supplement. */
  supplement?: boolean | undefined;
  /** Played while it is put before the public; what it brings is answered with the other opinions. */
  whileConsulting?: ((consultationId: string) => Life<Answerable[]>) | undefined;
  /** Played while it is reviewed, for those that are left there. */
  underReview?: ((id: string) => Life) | undefined;
  /** Played once the policy is published. */
  afterPublication?: ((id: string) => Life) | undefined;
}

const ORDER: readonly PolicyState[] = ['planned', 'drafting', 'consulting', 'reviewing', 'deliberating', 'approved', 'published'];
const reaches = (until: PolicyState, state: PolicyState): boolean => {
  const target = ORDER.includes(until) ? until : until === 'withdrawn' ? 'drafting' : 'published';
  return ORDER.indexOf(target) >= ORDER.indexOf(state);
};

/** Calendar days of consultation: over the thirty of 优化营商环境条例 §62, and over seven working days where no market is touched. */
const consultationDays = (script: PolicyScript): number => (script.affectsMarket ? 32 : 15);

export async function* liveOn(stage: Stage, plan: LifePlan): Life {
  const { script, until } = plan;
  yield workday(plan.start);
  const id = await act.plan(stage, script, Number(stage.today.slice(0, 4)), { item: plan.planItem, amends: plan.amends?.() });
  plan.born?.(id);
  if (!reaches(until, 'drafting')) return;
  yield workday(later(stage.today, 10));
  await act.draft(stage, id, script);
  if (until === 'withdrawn') {
    yield workday(later(stage.today, 45));
    await stage.use(WithdrawPolicy).run(stage.staff(script.department, 'department_head'), id, plan.endReason ?? '');
  }
  if (!reaches(until, 'consulting')) return;
  yield workday(later(stage.today, 21));
  await act.submit(stage, id, script);
  await act.planInterpretation(stage, id, script);
  yield* consultation(stage, plan, id);
  if (!reaches(until, 'reviewing')) return;
  yield* decision(stage, plan, id);
  if (!reaches(until, 'published')) return;
  yield* force(stage, plan, id);
}

async function* consultation(stage: Stage, plan: LifePlan, id: string): Life {
  const { script, until } = plan;
  const lastDay = later(stage.today, consultationDays(script));
  const consultationId = await act.consult(stage, id, script, lastDay);
  const posted: Answerable[] = [];
  for (const [index, content] of (plan.opinions ?? []).entries()) {
    // Several a day, over the whole window.
    yield later(stage.today, index % 2);
    posted.push({ id: await act.post(stage, consultationId, content), content });
  }
  if (plan.whileConsulting) posted.push(...(yield* plan.whileConsulting(consultationId)));
  if (!reaches(until, 'reviewing')) return;
  yield workday(later(lastDay, 1));
  await stage.use(CloseDueConsultations).run(stage.cityId);
  yield workday(later(stage.today, 4));
  await act.settle(stage, id, script, consultationId, posted, plan.resultText ?? (posted.length === 0 ? '征求意见期间没有收到意见。草案按程序送审。' : '征求意见期间收到的意见均已逐条答复，未采纳的说明了理由。草案按程序送审。'));
  if (plan.revisedText) {
    yield workday(later(stage.today, 5));
    await act.reviseTo(stage, id, script, plan.revisedText, '根据征求意见的处理结果修改。');
  }
}

async function* decision(stage: Stage, plan: LifePlan, id: string): Life {
  const { script, until } = plan;
  yield workday(later(stage.today, 2));
  await act.sendToReview(stage, id, script);
  if (!reaches(until, 'deliberating')) {
    if (plan.underReview) yield* plan.underReview(id);
    return;
  }
  yield workday(later(stage.today, 8));
  await act.review(stage, id, script);
  yield workday(later(stage.today, 3));
  await act.deliberate(stage, id, script);
  if (!reaches(until, 'approved')) return;
  yield workday(later(stage.today, 4));
  await act.approve(stage, id, script);
  yield workday(later(stage.today, 3));
  await act.interpret(stage, id, script);
}

async function* force(stage: Stage, plan: LifePlan, id: string): Life {
  const { script, until } = plan;
  yield workday(later(stage.today, 3));
  const effectiveFrom = plan.inForce?.from ?? stage.today;
  const effectiveTo = plan.inForce?.to ?? (plan.validYears === null ? null : yearsFrom(effectiveFrom, plan.validYears));
  const replaces = plan.replaces?.();
  await act.publish(stage, id, script, { effectiveFrom, effectiveTo, ...(replaces ? { replaces } : {}) });
  if (plan.afterPublication) yield* plan.afterPublication(id);
  if (plan.evaluation && plan.evaluateOn) yield* evaluation(stage, plan, id, effectiveFrom);
  if (until === 'expired' && effectiveTo) {
    yield later(effectiveTo, 1);
    await stage.use(ExpirePolicies).run(stage.cityId);
  }
  if (until === 'abolished') yield* abolition(stage, script, id, plan.endReason ?? '');
}

async function* evaluation(stage: Stage, { script, evaluation: content, evaluateOn }: LifePlan, id: string, periodFrom: IsoDate): Life {
  if (!content || !evaluateOn) return;
  yield workday(evaluateOn);
  const evaluator = stage.staff(script.department, 'evaluator');
  const report = await stage.use(OpenReport).run(evaluator, id, { periodFrom, periodTo: later(stage.today, -1) });
  yield workday(later(stage.today, 20));
  await stage.use(SaveReport).run(evaluator, report, {
    rowVersion: 1, submit: true, summary: content.summary, conclusion: content.conclusion, reason: content.reason,
    nextReviewOn: content.conclusion === 'keep' ? later(stage.today, 730) : null,
    ratings: (['department', 'authority', 'enterprises'] as const).map((side) => ({ side, ...content.ratings[side] })),
  });
  yield workday(later(stage.today, 5));
  await stage.use(PublishReport).run(stage.staff(script.department, 'department_head'), report);
  await stage.react();
}

/** Plays all lives side by side, each day in its order, until they are done or the present is reached. */
export async function play(stage: Stage, lives: readonly Life[], present: IsoDate): Promise<void> {
  const waiting: { life: Life; day: IsoDate }[] = [];
  const advance = async (life: Life): Promise<void> => {
    const { done, value } = await life.next();
    if (!done) waiting.push({ life, day: value });
  };
  for (const life of lives) await advance(life);
  while (waiting.length > 0) {
    waiting.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
    const next = waiting.shift();
    if (!next) return;
    if (next.day > present) throw new Error(`the demonstration would go on after its present: ${next.day}`);
    if (next.day > stage.today) await stage.react();
    stage.at(next.day);
    await advance(next.life);
  }
}
