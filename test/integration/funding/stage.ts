import {
  type ApplicationData, CheckApplication, CloseCall, CommitDraw, type Condition, CreateCall, CreateProgramme, DecideCall, DeclareConflict, GrantAwards, OpenCall,
  PostNotice, RevealDraw, SaveApplication, SignReview, StartReview, SubmitApplication,
} from '@domains/funding';
import { type Actor, newId, systemActor } from '@platform/kernel';
import { startTestApp, type TestApp } from '../../support/app';
import { type Department, makeCity, type TestCity } from '../../support/people';

export const TIMES = {
  opens: '2026-03-02T09:00:00+08:00', closes: '2026-03-20T18:00:00+08:00', closed: '2026-03-20T18:00:00+08:00', seed: '2026-03-24T21:15:00+08:00',
  // Seven working days after 25 March 2026, over Qingming: 3 April, and the first moment after it.
  decided: '2026-03-25T10:00:00+08:00', noticeOver: '2026-04-04T00:00:00+08:00',
};

export const DATA: ApplicationData = { title: '示例智能产线改造', summary: '建设一条示例智能产线，提升效率并降低能耗，全部内容均为虚构。', amountFen: 50_000_000 };
export const CONDITIONS: Condition[] = [{ fact: 'revenueYuan', operator: '>=', value: 20_000_000, label: '上年度营业收入不低于2000万元', clause: 'art_2' }];

/** A city with a published policy, experts in the pool, and shortcuts to walk a call to where a test begins. */
export class Stage {
  policyId = newId();
  experts: { expertId: string; actor: Actor; code: string }[] = [];

  private constructor(readonly test: TestApp, readonly city: TestCity) {}

  static async set(): Promise<Stage> {
    const test = await startTestApp({ at: TIMES.opens });
    const stage = new Stage(test, await makeCity(test));
    await stage.publishPolicy();
    await stage.fillPool();
    return stage;
  }

  get department(): Department {
    return this.city.departments[0];
  }

  get manager(): Actor {
    return this.department.people.fund_manager;
  }

  get head(): Actor {
    return this.department.people.department_head;
  }

  get finance(): Actor {
    return this.department.people.finance_officer;
  }

  get<T>(type: new (...args: never[]) => T): T {
    return this.test.app.get(type as never);
  }

  at(time: string): void {
    this.test.clock.set(time);
  }

  sql<R>(sql: string, parameters: unknown[] = [], actor: Actor = systemActor(this.city.id)): Promise<R[]> {
    return this.test.unitOfWork.run(actor, (tx) => tx.query<R>(sql, parameters));
  }

  async openCall(budgetFen = 100_000_000, conditions: Condition[] = [], title = '示例专项资金'): Promise<string> {
    const { id: programmeId } = await this.get(CreateProgramme).run(this.manager, this.policyId, { title: '示例技术改造项目', clauseIdentity: 'art_2' });
    const { id } = await this.get(CreateCall).run(this.manager, programmeId, {
      title, guide: '营业执照、上年度审计报告。', budgetFen, perAwardMaxFen: Math.min(budgetFen, 60_000_000), opensAt: new Date(TIMES.opens), closesAt: new Date(TIMES.closes),
      answerBy: '2026-05-29', conditions, criteria: [{ key: 'k1', label: '创新性', weight: 40 }, { key: 'k2', label: '可行性', weight: 60 }], expertsNeeded: 3,
    });
    await this.get(OpenCall).run(this.manager, id);
    return id;
  }

  async submit(callId: string, enterprise: Actor, data: ApplicationData = DATA): Promise<string> {
    const { id } = await this.get(SaveApplication).run(enterprise, callId, data);
    await this.get(SubmitApplication).run(enterprise, id);
    return id;
  }

  async accept(applicationId: string): Promise<void> {
    await this.get(CheckApplication).run(this.manager, applicationId, { outcome: 'accepted', findings: '材料齐全。' });
  }

  /** Closes, draws by a fixed seed and hands the applications out. */
  async toReview(callId: string): Promise<void> {
    this.at(TIMES.closed);
    await this.get(CloseCall).run(this.manager, callId);
    await this.get(CommitDraw).run(this.manager, callId, { seedSource: '示例彩票第2026033期开奖号码', seedAvailableAt: new Date(TIMES.seed) });
    this.at(TIMES.seed);
    await this.get(RevealDraw).run(this.manager, callId, '3 11 19 22 28 31 / 7');
    await this.get(StartReview).run(this.manager, callId);
  }

  /** Every expert who holds an application declares no conflict and gives these points. */
  async score(callId: string, points = 80): Promise<void> {
    for (const { id, accountId } of await this.sql<{ id: string; accountId: string }>(
      `SELECT id, account_id AS "accountId" FROM review_assignment WHERE city_id = $1 AND call_id = $2 AND signed_at IS NULL AND conflict IS DISTINCT FROM 'declared'`, [this.city.id, callId])) {
      const { actor } = this.experts.find((expert) => expert.actor.accountId === accountId)!;
      await this.get(DeclareConflict).run(actor, id, { conflict: false });
      await this.get(SignReview).run(actor, id, { scores: { k1: points, k2: points }, comment: '方案可行。' });
    }
  }

  async decide(callId: string, amounts: Record<string, number>): Promise<void> {
    this.at(TIMES.decided);
    await this.get(DecideCall).run(this.head, callId, Object.entries(amounts).map(([applicationId, amountFen]) => ({ applicationId, amountFen, reason: '按评审结果。' })));
  }

  async award(callId: string): Promise<void> {
    await this.get(PostNotice).run(this.manager, callId);
    this.at(TIMES.noticeOver);
    await this.get(GrantAwards).run(this.head, callId);
  }

  /** The whole way to one unpaid award. */
  async oneAward(amountFen = 50_000_000): Promise<{ callId: string; applicationId: string; awardId: string }> {
    const callId = await this.openCall();
    const applicationId = await this.submit(callId, this.city.enterprises[0]);
    await this.accept(applicationId);
    await this.toReview(callId);
    await this.score(callId);
    await this.decide(callId, { [applicationId]: amountFen });
    await this.award(callId);
    const [award] = await this.sql<{ id: string }>('SELECT id FROM fund_award WHERE city_id = $1 AND call_id = $2', [this.city.id, callId]);
    return { callId, applicationId, awardId: award!.id };
  }

  close(): Promise<void> {
    return this.test.close();
  }

  private async publishPolicy(): Promise<void> {
    const { id: tenantId, people } = this.department;
    await this.test.unitOfWork.run(systemActor(this.city.id), async (tx) => {
      const versionId = newId();
      await tx.query(
        `INSERT INTO policy (city_id, id, tenant_id, kind, title, state, responsible_id, created_at) VALUES ($1, $2, $3, 'normative_document', '示例产业扶持办法', 'planned', $4, $5)`,
        [tx.cityId, this.policyId, tenantId, people.drafter.accountId, tx.at]);
      await tx.query(`INSERT INTO policy_version (city_id, id, tenant_id, policy_id, no, state, created_by, created_at) VALUES ($1, $2, $3, $4, 1, 'draft', $5, $6)`,
        [tx.cityId, versionId, tenantId, this.policyId, people.drafter.accountId, tx.at]);
      for (const [index, label] of ['第一条', '第二条'].entries()) {
        await tx.query(
          `INSERT INTO provision (city_id, version_id, clause_id, tenant_id, seq, identity, kind, number, label, lead, text, is_public) VALUES ($1, $2, $3, $4, $5, $3, 'article', $6, $7, '', '示例条文。', true)`,
          [tx.cityId, versionId, `art_${index + 1}`, tenantId, index, index + 1, label]);
      }
      await tx.query(`UPDATE policy_version SET state = 'submitted', text_hash = 'h', submitted_at = $3, submitted_by = $4, is_public = true WHERE city_id = $1 AND id = $2`,
        [tx.cityId, versionId, tx.at, people.drafter.accountId]);
      await tx.query(
        `UPDATE policy SET state = 'published', document_number = '测甲〔2026〕1号', published_at = $3, public_since = $3, effective_from = '2026-03-01', current_version_id = $4 WHERE city_id = $1 AND id = $2`,
        [tx.cityId, this.policyId, tx.at, versionId]);
    });
  }

  /** Six experts; the first is employed by the first enterprise. */
  private async fillPool(): Promise<void> {
    const [employer] = await this.sql<{ code: string }>('SELECT credit_code AS code FROM enterprise WHERE city_id = $1 AND id = $2', [this.city.id, this.city.enterprises[0].enterpriseId]);
    for (const [index, actor] of this.city.experts.entries()) {
      const expertId = newId();
      const code = `ZJ-${String(index + 1).padStart(4, '0')}`;
      await this.sql(
        `INSERT INTO expert_profile (city_id, id, account_id, code, field, employer_name, employer_code) VALUES ($1, $2, $3, $4, '智能制造', '示例研究院', $5)`,
        [this.city.id, expertId, actor.accountId, code, index === 0 ? employer!.code : '91999901MA00000034']);
      this.experts.push({ expertId, actor, code });
    }
  }
}
