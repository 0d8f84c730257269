import { createHash } from 'node:crypto';
import type { Client } from 'pg';
import { v7 } from 'uuid';
import type { Dice } from '../campaigns/random';
import { Rows } from './rows';

const DAY_MS = 86_400_000;
const FIRST = Date.parse('2022-01-01T00:00:00+08:00');

/** Who lives where: departments with the people whose names stand in their rows. */
export interface Ground {
  cityId: string;
  departments: readonly string[];
  drafter: string;
  head: string;
}

/** The China day of an instant, counted by hand. */
const dayOf = (at: number): string => new Date(at + 8 * 3_600_000).toISOString().slice(0, 10);
const shifted = (day: string, days: number): string => new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
const iso = (at: number): string => new Date(at).toISOString();

const ORDER = [
  'policy', 'participation', 'policy_version', 'life_cycle_event', 'consultation', 'consultation_event', 'event_participant', 'circulation', 'circulation_invitation', 'circulation_reply', 'docket', 'interpretation_material',
  'evaluation_report', 'evaluation_follow_up', 'validity_change',
];

/**
 * Lives of policies with deadlines met and missed by days and by hours, from 2022 until `now`: consultations that were long enough or not, replies, reviews, hearings, interpretations,
 * reports, conclusions and extensions. As the owner of the tables.
 */
export async function insertLives(client: Client, dice: Dice, ground: Ground, count: number, now: number): Promise<void> {
  await client.query(`SET app.city_id = '${ground.cityId}'; SET app.scope = 'system'`);
  for (let done = 0; done < count; done += 500) {
    const rows = new Rows(ground.cityId);
    for (let n = done; n < Math.min(count, done + 500); n += 1) new Life(dice, ground, rows, n, now).live();
    await rows.write(client, ORDER);
  }
  await client.query('RESET app.city_id; RESET app.scope');
  await client.query('ANALYZE');
}

class Life {
  private readonly id = v7();
  private readonly version = v7();
  private readonly parts = new Set<string>();
  private readonly tenant: string;
  private readonly publishedAt: number | null;
  private readonly from: string;
  /** The last day in force as it is now, after every extension. */
  private to: string | null;

  constructor(
    private readonly dice: Dice,
    private readonly ground: Ground,
    private readonly rows: Rows,
    private readonly n: number,
    private readonly now: number,
  ) {
    this.tenant = dice.pick(ground.departments);
    this.publishedAt = dice.chance(0.85) ? this.instant(FIRST, now) : null;
    this.from = this.publishedAt === null ? '' : shifted(dayOf(this.publishedAt), dice.between(0, 40));
    this.to = this.publishedAt === null || dice.chance(0.4) ? null : shifted(this.from, dice.pick([100, 200, 364, 729, 1094, 1460, 1825]) + dice.between(-3, 3));
  }

  /** At any hour, and near midnight of Shanghai often: a day that is off by one shows there. */
  private instant(from: number, to: number): number {
    const at = from + Math.floor(this.dice.next() * (to - from));
    return this.dice.chance(0.3) ? Math.min(to - 1, Date.parse(`${dayOf(at)}T00:00:00+08:00`) + this.dice.pick([-1000, 0, 1000, 15.9 * 3_600_000, 16.1 * 3_600_000])) : at;
  }

  live(): void {
    const { dice, publishedAt } = this;
    const changes = publishedAt === null ? [] : this.extensions(publishedAt);
    const ended = publishedAt !== null && dice.chance(0.15) ? shifted(this.from, dice.between(5, 1500)) : null;
    const state = publishedAt === null ? dice.pick(['drafting', 'reviewing', 'withdrawn']) : ended ? dice.pick(['abolished', 'superseded']) : this.to && this.to < dayOf(this.now) && dice.chance(0.7) ? 'expired' : 'published';
    this.rows.add('policy', {
      id: this.id, tenant_id: this.tenant, kind: dice.pick(['normative_document', 'major_decision', 'policy_document']), title: `${dice.chance(0.2) ? '试行' : ''}办法${this.n}`, summary: '', state, affects_market: dice.chance(0.5),
      responsible_id: this.ground.drafter, topics: [], audience: [], created_at: iso(FIRST), row_version: 1,
      ...(publishedAt === null ? {} : { published_at: iso(publishedAt), public_since: iso(publishedAt), document_number: `测规〔2025〕${this.n}号`, effective_from: this.from, effective_to: this.to, ended_on: ended }),
    });
    this.rows.add('policy_version', { id: this.version, tenant_id: this.tenant, policy_id: this.id, no: 1, state: 'draft', drafting_note: '', created_by: this.ground.drafter, created_at: iso(FIRST), is_public: false, row_version: 1 });
    for (const change of changes) this.rows.add('validity_change', change);
    for (let times = dice.pick([0, 1, 1, 2]); times > 0; times -= 1) this.consultation(publishedAt ?? this.now);
    if (dice.chance(0.5)) this.circulation();
    for (const kind of ['legality', 'fair_competition', 'expert_argument']) if (dice.chance(0.4)) this.docket(kind);
    if (dice.chance(0.5)) this.leaves();
    if (publishedAt !== null) {
      this.interpretation(publishedAt);
      this.reports(publishedAt);
    }
  }

  /** Each makes the last day later; decided before the old one. */
  private extensions(publishedAt: number): Record<string, unknown>[] {
    const changes: Record<string, unknown>[] = [];
    let known = publishedAt;
    while (this.to !== null && this.dice.chance(0.3)) {
      const latest = Math.min(Date.parse(`${this.to}T00:00:00+08:00`), this.now);
      if (latest <= known + DAY_MS) break;
      known = this.instant(known + 1000, latest);
      const next = shifted(this.to, this.dice.pick([180, 365, 730]));
      changes.push({ id: v7(), tenant_id: this.tenant, policy_id: this.id, kind: 'extended', known_at: iso(known), effect_on: dayOf(known), previous_to: this.to, new_to: next });
      this.to = next;
    }
    return changes;
  }

  private consultation(before: number): void {
    const { dice } = this;
    const opens = before - dice.between(2, 90) * DAY_MS;
    const closes = Date.parse(`${shifted(dayOf(opens), dice.between(1, 50))}T00:00:00+08:00`);
    const closed = closes + dice.between(0, 3) * 3_600_000;
    const last = dayOf(closes - 1);
    const rule = (id: string, shortenable: boolean) => ({ id, days: 30, unit: 'cd', shortenable, due: shifted(last, dice.pick([-9, -1, 0, 0, 1, 6])), source: { zh: '某条', en: 'art.' } });
    const published = dice.chance(0.75);
    const id = v7();
    this.rows.add('consultation', {
      id, tenant_id: this.tenant, policy_id: this.id, version_id: this.version, title: '征求意见', purpose: '征求意见', opens_at: iso(opens), closes_at: iso(closes), closed_at: iso(closed), received_count: 0, hidden_count: 0,
      withdrawn_count: 0, opened_by: this.ground.drafter, receipt_salt: 's', row_version: 1, state: published ? 'result_published' : 'closed',
      basis: { openedOn: dayOf(opens), rules: [rule('nrd.consult.other', false), ...(dice.chance(0.5) ? [rule('nrd.consult.market', true)] : [])] },
      ...(dice.chance(0.3) ? { shortened_reason: '急' } : {}), ...(published ? { result_text: '结果', result_figures: {}, result_published_at: iso(closed + dice.between(0, 40) * DAY_MS) } : {}),
    });
    if (dice.chance(0.4)) this.hearing(id, opens, closes);
  }

  private hearing(consultationId: string, opens: number, closes: number): void {
    const { dice } = this;
    const id = v7();
    const starts = this.instant(opens, closes);
    const days = dice.pick([7, 7, 9]);
    const hearing = dice.chance(0.8);
    const of = { tenant_id: this.tenant, consultation_id: consultationId };
    this.rows.add('consultation_event', {
      ...of, id, version_id: this.version, kind: hearing ? 'hearing' : 'symposium', title: '听证', place: '会议室', starts_at: iso(starts), agenda: '议程', moderator: '甲', clerk: '乙', announced_at: iso(opens), created_by: this.ground.drafter,
      seats: 5, sign_up_until: iso(starts - 1000), selection_rule: '先到先得', row_version: 1, ...(hearing ? { materials_days: days } : {}), ...(dice.chance(0.1) ? { state: 'held' } : { state: 'selected' }),
    });
    for (let no = dice.between(0, 3); no > 0; no -= 1) {
      const selected = dice.chance(0.8);
      const hash = createHash('sha256').update(`${id}${no}`).digest('hex');
      this.rows.add('event_participant', {
        ...of, id: v7(), event_id: id, source: 'invited', kind: 'resident', name: '某', public_name: '某', contact: '1', standpoint: 'support', reason: '因', receipt_no: hash.slice(0, 20), receipt_code_hash: hash, idempotency_key: hash,
        applied_at: iso(opens), state: selected ? 'selected' : 'declined', decided_at: iso(opens), decided_by: this.ground.drafter, row_version: 1,
        ...(selected ? (dice.chance(0.85) ? { delivered_on: shifted(dayOf(starts), -days + dice.pick([-3, -1, 0, 0, 0, 1])), delivered_how: '邮寄', delivered_by: this.ground.drafter } : {}) : { decision_reason: '满' }),
      });
    }
  }

  private circulation(): void {
    const { dice, ground } = this;
    const opened = this.instant(Date.parse('2024-10-01T00:00:00+08:00'), this.now);
    const id = v7();
    const days = dice.between(3, 15);
    const replyOn = shifted(dayOf(opened), days);
    const closed = dice.chance(0.8);
    this.rows.add('circulation', {
      id, tenant_id: this.tenant, policy_id: this.id, version_id: this.version, letter: '函', working_days: days, reply_on: replyOn, opened_by: ground.drafter, opened_at: iso(opened), row_version: 1,
      ...(closed ? { state: 'closed', closed_at: iso(opened + 60 * DAY_MS) } : { state: 'open' }),
    });
    for (const asked of dice.shuffle(ground.departments.filter((one) => one !== this.tenant)).slice(0, dice.between(1, 3))) {
      this.takesPart(asked, 'countersign');
      this.rows.add('circulation_invitation', { circulation_id: id, tenant_id: asked, owner_tenant_id: this.tenant, policy_id: this.id, opened_at: iso(opened) });
      if (dice.chance(0.2)) continue;
      const signed = Date.parse(`${replyOn}T00:00:00+08:00`) + dice.pick([-30, -3, 0, 12, 23.99, 24, 24.01, 70]) * 3_600_000;
      this.rows.add('circulation_reply', {
        id: v7(), tenant_id: asked, owner_tenant_id: this.tenant, circulation_id: id, stance: 'no_comment', statement: '', drafted_by: ground.drafter, drafted_at: iso(opened), drafters: [ground.drafter], late: false, row_version: 1,
        ...(dice.chance(0.9) ? { signed_by: ground.head, signed_at: iso(signed) } : {}),
      });
    }
  }

  /** Whoever is asked sees the matter, as in every life that the product leads. */
  private takesPart(tenant: string, capacity: string): void {
    if (this.parts.has(`${tenant}${capacity}`)) return;
    this.parts.add(`${tenant}${capacity}`);
    this.rows.add('participation', { policy_id: this.id, tenant_id: tenant, owner_tenant_id: this.tenant, capacity, since: iso(FIRST) });
  }

  private docket(kind: string): void {
    const { dice, ground } = this;
    const opened = this.instant(Date.parse('2024-10-01T00:00:00+08:00'), this.now);
    const due = shifted(dayOf(opened), dice.between(5, 20));
    const signed = Date.parse(`${due}T00:00:00+08:00`) + dice.pick([-50, 0, 23.99, 24, 26]) * 3_600_000;
    const least = dice.pick([null, null, due, shifted(due, -2)]);
    const reviewer = dice.pick(ground.departments);
    if (reviewer !== this.tenant) this.takesPart(reviewer, 'legal_review');
    this.rows.add('docket', {
      id: v7(), tenant_id: this.tenant, policy_id: this.id, version_id: this.version, kind, text_hash: 'x', opened_by: ground.drafter, opened_at: iso(opened), due_article: '某条', opinion: '', minutes: '', dissent: '', row_version: 1,
      assigned_reason: '', basis: {}, record: {}, ...(dice.chance(0.8) ? { due_on: due, min_due_on: least ?? undefined } : {}),
      ...(dice.chance(0.7) ? { reviewer_id: ground.head, reviewer_tenant_id: reviewer, outcome: 'passed', opinion: '同意', signed_at: iso(signed) } : {}),
    });
  }

  /** The draft goes back, or is given up: what was owed before is moot. */
  private leaves(): void {
    const to = this.dice.pick(['drafting', 'withdrawn']);
    const at = iso(this.instant(Date.parse('2024-10-01T00:00:00+08:00'), this.now));
    this.rows.add('life_cycle_event', {
      policy_id: this.id, tenant_id: this.tenant, chain: `policy/${this.id}`, seq: 0, prev_hash: '', hash: '', is_public: false, payload: JSON.stringify({ name: to === 'drafting' ? 'revise' : 'withdraw', from: 'reviewing', to, at }),
    });
  }

  private interpretation(publishedAt: number): void {
    for (let times = this.dice.pick([0, 1, 1, 2]); times > 0; times -= 1) {
      const released = this.dice.chance(0.9);
      this.rows.add('interpretation_material', {
        id: v7(), tenant_id: this.tenant, policy_id: this.id, kind: 'text', title: '解读', body: '正文', alt_text: '', clause_identities: ['a1'], author_id: this.ground.drafter, written_at: iso(publishedAt), row_version: 1,
        ...(released
          ? { state: 'released', approved_by: this.ground.head, approved_at: iso(publishedAt), text_hash: 'x', released_at: iso(publishedAt + this.dice.pick([0, 0, 1, 30, 50, 72, 75, 96, 100, 122, 200, 260]) * 3_600_000) }
          : { state: 'draft' }),
      });
    }
  }

  private reports(publishedAt: number): void {
    const { dice, ground } = this;
    let at = publishedAt;
    for (let times = dice.pick([0, 1, 2, 3]); times > 0; times -= 1) {
      if (at + 5 * DAY_MS >= this.now) return;
      at = this.instant(at + DAY_MS, Math.min(this.now, at + 700 * DAY_MS));
      const conclusion = dice.pick(['keep', 'keep', 'amend', 'abolish']);
      const id = v7();
      this.rows.add('evaluation_report', {
        id, tenant_id: this.tenant, policy_id: this.id, period_from: '2022-01-01', period_to: '2022-12-31', summary: '摘要', conclusion, reason: '因', state: 'published', evaluator_id: ground.drafter, created_at: iso(at), submitted_at: iso(at),
        approved_by: ground.head, published_at: iso(at), row_version: 1, sections: {}, clauses: [], edition: 0, ...(conclusion === 'keep' ? { next_review_on: shifted(dayOf(at), dice.pick([30, 120, 365, 500])) } : {}),
      });
      if (conclusion === 'keep') continue;
      const year = Number(dayOf(at).slice(0, 4)) + dice.pick([1, 1, 2]);
      const settled = dice.chance(0.7) ? Date.parse(`${year}-12-31T00:00:00+08:00`) + dice.pick([-100, -20, 0, 23.9, 24, 50]) * 3_600_000 : null;
      this.rows.add('evaluation_follow_up', {
        report_id: id, tenant_id: this.tenant, policy_id: this.id, conclusion, stage: '', reason: '', opened_at: iso(at), row_version: 1, ...(dice.chance(0.3) ? { plan_year: year } : {}),
        ...(settled !== null && settled < this.now ? { state: dice.pick(['done', 'refused']), settled_at: iso(settled) } : { state: 'waiting' }),
      });
    }
  }
}
