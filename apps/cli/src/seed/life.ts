import { AnswerOpinion, ApproveAnswers, OpenConsultation, PostOpinion, PublishResult } from '@domains/consultation';
import {
  AddAttachment, ApprovePolicy, AssignReviewer, CreatePolicy, DecidePlanItem, type FactsInput, listDockets, ProposePlanItem, readOpenDraft, RevisePolicy, SaveDraft, type Signature, SignDocket, StartDrafting,
  SubmitForDeliberation, SubmitForReview, SubmitVersion,
} from '@domains/drafting';
import { ApproveMaterial, SavePlan, WriteMaterial } from '@domains/interpretation';
import { type Docket, latestSubmittedVersion, type PolicyKind, provisionsOf, PublishPolicy } from '@core/policy';
import { type Actor, anonymousActor, type IsoDate, newId } from '@platform/kernel';
import type { OpinionContent } from './content';
import type { Stage } from './stage';

/** What the director needs to know of one policy. */
export interface PolicyScript {
  department: string;
  kind: PolicyKind;
  title: string;
  summary: string;
  topics: readonly string[];
  audience: readonly string[];
  affectsMarket: boolean;
  text: string;
  draftingNote: string;
  facts?: FactsInput | undefined;
  /** What is proposed, in three sentences. */
  purpose: string;
  interpretation: {
    audience: string;
    keyPoints: string;
    title: string;
    body: string;
    clauseIds: readonly string[];
    pictures: readonly { title: string; alt: string; clauseIds: readonly string[]; read(): Buffer }[];
  };
}

async function takeIntoPlan(stage: Stage, { department, title, summary }: PolicyScript, year: number, amends: string | undefined): Promise<string> {
  const { id } = await stage.use(ProposePlanItem).run(stage.staff(department, 'drafter'), { year, title, reason: summary, ...(amends ? { kind: 'revise', targetPolicyId: amends } : { kind: 'make' }) });
  await stage.minutes(90).use(DecidePlanItem).run(stage.staff(department, 'department_head'), id, { decision: 'approve' });
  return id;
}

/** The policy of an item of the plan; without one the department plans it first, to make a new one or to amend one that is in force. */
export async function plan(stage: Stage, script: PolicyScript, year: number, { item: planned, amends }: { item?: string | undefined; amends?: string | undefined } = {}): Promise<string> {
  const { department } = script;
  const item = planned ?? await takeIntoPlan(stage, script, year, amends);
  const { id } = await stage.minutes(60).use(CreatePolicy).run(stage.staff(department, 'drafter'), item, {
    kind: script.kind, title: script.title, summary: script.summary, affectsMarket: script.affectsMarket,
    responsibleId: stage.staff(department, 'department_head').accountId, topics: [...script.topics], audience: [...script.audience], facts: script.facts,
  });
  return id;
}

export async function draft(stage: Stage, id: string, script: PolicyScript): Promise<void> {
  await stage.use(StartDrafting).run(stage.staff(script.department, 'drafter'), id);
  await save(stage, id, script, script.text);
}

/** The drafting note with the sections that its kind must have. */
const noteOf = ({ draftingNote, summary, title }: PolicyScript): string =>
  [`一、制定的必要性`, draftingNote, '二、制定依据', `《${title}》依据有关上位规定和本市年度制定计划制定。`, '三、主要内容', summary].join('\n');

async function save(stage: Stage, id: string, script: PolicyScript, text: string): Promise<number> {
  const drafter = stage.staff(script.department, 'drafter');
  const open = await stage.unitOfWork.run(drafter, (tx) => readOpenDraft(tx, id));
  if (!open) throw new Error(`${script.title} has no open draft`);
  const saved = await stage.minutes(30).use(SaveDraft).run(drafter, id, { seen: open.version.rowVersion, text, draftingNote: noteOf(script) });
  return saved.rowVersion;
}

/** Submits the open draft; with a new text it is saved first. */
export async function submit(stage: Stage, id: string, script: PolicyScript, text = script.text): Promise<void> {
  const seen = await save(stage, id, script, text);
  await stage.minutes(20).use(SubmitVersion).run(stage.staff(script.department, 'drafter'), id, seen);
}

export async function planInterpretation(stage: Stage, id: string, script: PolicyScript): Promise<void> {
  const { audience, keyPoints } = script.interpretation;
  await stage.minutes(20).use(SavePlan).run(stage.staff(script.department, 'drafter'), id, { audience, keyPoints, channels: ['website', 'wechat'] });
}

export async function consult(stage: Stage, id: string, script: PolicyScript, lastDay: IsoDate): Promise<string> {
  const opened = await stage.minutes(20).use(OpenConsultation).run(stage.staff(script.department, 'drafter'), id, { purpose: script.purpose, lastDay });
  return opened.id;
}

export const authorOf = (stage: Stage, { author }: Pick<OpinionContent, 'author'>): Actor =>
  author.kind === 'anonymous' ? anonymousActor(stage.cityId) : stage.person(`${author.kind}/${author.index}`);

export async function post(stage: Stage, consultationId: string, opinion: Pick<OpinionContent, 'author' | 'text' | 'stance' | 'clauseId'>): Promise<string> {
  const { opinionId } = await stage.minutes(37).use(PostOpinion).run(authorOf(stage, opinion), consultationId, {
    text: opinion.text, stance: opinion.stance, idempotencyKey: newId(), ...(opinion.clauseId ? { clauseId: opinion.clauseId } : {}),
  });
  return opinionId;
}

/** An opinion with the answer that it gets once the window is over. */
export type Answerable = { id: string; content: Pick<OpinionContent, 'disposition' | 'reason' | 'changedClauseId'> };

/** Answers every opinion, has the answers approved by a second person, and publishes the result; the window must be over. */
export async function settle(stage: Stage, id: string, script: PolicyScript, consultationId: string, opinions: readonly Answerable[], text: string): Promise<void> {
  const identities = await identitiesOf(stage, id, script);
  const answers: string[] = [];
  for (const { id: opinionId, content } of opinions) {
    const adoptedIdentity = content.changedClauseId ? identities.get(content.changedClauseId) : undefined;
    const answer = await stage.minutes(15).use(AnswerOpinion).run(stage.staff(script.department, 'drafter'), opinionId, {
      disposition: content.disposition, reason: content.reason, ...(adoptedIdentity ? { adoptedIdentity } : {}),
    });
    answers.push(answer.id);
  }
  if (answers.length > 0) await stage.minutes(120).use(ApproveAnswers).run(stage.staff(script.department, 'department_head'), consultationId, answers);
  await stage.minutes(60).use(PublishResult).run(stage.staff(script.department, 'drafter'), consultationId, { text });
}

/** The lasting identity of each clause of the newest submitted version, by its number in the text. */
export async function identitiesOf(stage: Stage, id: string, script: PolicyScript): Promise<Map<string, string>> {
  return stage.unitOfWork.run(stage.staff(script.department, 'drafter'), async (tx) => {
    const version = await latestSubmittedVersion(tx, id);
    const provisions = version ? await provisionsOf(tx, version.id) : [];
    return new Map(provisions.map((provision) => [provision.clauseId, provision.identity]));
  });
}

export async function reviseTo(stage: Stage, id: string, script: PolicyScript, text: string, reason: string): Promise<void> {
  await stage.minutes(30).use(RevisePolicy).run(stage.staff(script.department, 'drafter'), id, reason);
  await submit(stage, id, script, text);
}

/** 制定依据 and 征求意见情况, of a major decision 履行程序情况 and 风险评估报告 too, as plain files of fictitious words. */
export async function attach(stage: Stage, id: string, script: PolicyScript): Promise<void> {
  for (const [kind, name, text] of [
    ['basis', '制定依据', `《${script.title}》的制定依据：本市年度制定计划和有关上位规定。内容纯属虚构，仅供演示。`],
    ['consultation_summary', '征求意见及采纳情况', `《${script.title}》征求意见及采纳情况：意见均已逐条答复。内容纯属虚构，仅供演示。`],
    ...(script.kind === 'major_decision' ? [
      ['procedure_statement', '履行决策程序情况说明', `《${script.title}》已列入年度决策事项目录，已公开征求意见。内容纯属虚构，仅供演示。`] as const,
      ['risk_report', '风险评估报告（初稿）', `《${script.title}》风险评估报告初稿：列出飞行安全、噪声、隐私三类风险点，待评估。内容纯属虚构，仅供演示。`] as const,
    ] : []),
  ] as const) {
    await stage.minutes(10).use(AddAttachment).run(stage.staff(script.department, 'drafter'), id, { kind, file: { filename: `${name}.txt`, data: Buffer.from(text) } });
  }
}

export async function sendToReview(stage: Stage, id: string, script: PolicyScript): Promise<void> {
  await attach(stage, id, script);
  await stage.minutes(30).use(SubmitForReview).run(stage.staff(script.department, 'drafter'), id);
}

export const ROLE = {
  expert_argument: 'argument_convener', risk_assessment: 'risk_assessor', legality: 'legal_reviewer', fair_competition: 'fair_competition_reviewer',
  collective_deliberation: 'deliberation_secretary',
} as const;

export async function openDocket(stage: Stage, id: string, script: PolicyScript, kind: Docket): Promise<string> {
  const docket = (await stage.unitOfWork.run(stage.staff(script.department, ROLE[kind]), (tx) => listDockets(tx, id))).find((entry) => entry.kind === kind && entry.outcome === null);
  if (!docket) throw new Error(`${script.title} has no open docket ${kind}`);
  return docket.id;
}

/** The head names the reviewer, who signs. */
export async function sign(stage: Stage, id: string, script: PolicyScript, kind: Docket, signature: Signature): Promise<void> {
  const signer = stage.staff(script.department, ROLE[kind]);
  const docket = await openDocket(stage, id, script, kind);
  await stage.minutes(20).use(AssignReviewer).run(stage.staff(script.department, 'department_head'), id, docket, { reviewerId: signer.accountId });
  await stage.minutes(180).use(SignDocket).run(signer, id, docket, signature);
}

export async function review(stage: Stage, id: string, script: PolicyScript): Promise<void> {
  await sign(stage, id, script, 'legality', { conclusion: 'lawful', opinion: '制定主体、权限、程序和内容均合法，未发现减损公民、法人权益或者增加义务而没有依据的条款。' });
  if (!script.affectsMarket) return;
  await sign(stage, id, script, 'fair_competition', {
    conclusion: 'none', opinion: '未设置市场准入和退出障碍，资助条件对各类所有制经营主体一视同仁。',
    heard: '书面征求了三家企业和一家行业协会的意见，均未提出限制竞争的问题。', access: 'clear', flow: 'clear', cost: 'clear', conduct: 'clear',
  });
}

export async function deliberate(stage: Stage, id: string, script: PolicyScript): Promise<void> {
  await stage.minutes(30).use(SubmitForDeliberation).run(stage.staff(script.department, 'drafter'), id);
}

export async function approve(stage: Stage, id: string, script: PolicyScript): Promise<void> {
  await sign(stage, id, script, 'collective_deliberation', {
    conclusion: 'adopted', opinion: '同意提请批准。', meeting: 'bureau', heldOn: stage.today, members: 11, present: 9, votesFor: 7, votesAgainst: 1, votesAbstain: 1, headLast: true,
    minutes: `会议听取了起草部门的说明和审查意见，逐条讨论了《${script.title}》，主持人最后发表意见。`, dissent: '一名成员认为应当再观察一个预算年度后实施，意见记录在案。',
  });
  await stage.minutes(60).use(ApprovePolicy).run(stage.staff(script.department, 'department_head'), id, '同意印发。');
}

export async function interpret(stage: Stage, id: string, script: PolicyScript): Promise<void> {
  const { title, body, clauseIds, pictures } = script.interpretation;
  const identities = await identitiesOf(stage, id, script);
  const clauses = (ids: readonly string[]): string[] => ids.flatMap((clauseId) => identities.get(clauseId) ?? []);
  const [writer, head] = [stage.staff(script.department, 'interpreter'), stage.staff(script.department, 'department_head')];
  const written = [await stage.minutes(60).use(WriteMaterial).run(writer, id, 'text', { title, body, clauseIdentities: clauses(clauseIds) })];
  for (const picture of pictures) {
    written.push(await stage.minutes(60).use(WriteMaterial).run(writer, id, 'picture', {
      title: picture.title, picture: picture.read(), altText: picture.alt, clauseIdentities: clauses(picture.clauseIds),
    }));
  }
  for (const material of written) await stage.minutes(30).use(ApproveMaterial).run(head, id, material);
}

export async function publish(stage: Stage, id: string, script: PolicyScript, input: { effectiveFrom: IsoDate; effectiveTo: IsoDate | null; replaces?: string }): Promise<void> {
  await stage.minutes(60).use(PublishPolicy).run(stage.staff(script.department, 'registrar'), id, input);
}
