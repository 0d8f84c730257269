import { chinaDate, systemActor } from '@platform/kernel';
import { type Notice, notifyAll } from '@platform/notify';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import type { DueItem, NoticeKind } from '../domain/due';
import { noticeOf, type NoticeRung, rungOf } from '../domain/rungs';
import { DueRegistry } from '../due-registry';

/** How long a city that was looked through is left alone, in milliseconds of the clock; a new day is looked at whatever the hour. */
const REST_MS = 10 * 60_000;

/** Words of the notices of months ahead, under `cityledger:remind`. */
const NOTICE_WORDS: Readonly<Record<NoticeKind, Record<NoticeRung, string>>> = {
  expiry: { half: 'half', quarter: 'quarter', last: 'last' }, cycle: { half: 'cycleHalf', quarter: 'cycleQuarter', last: 'cycleLast' },
};

/**
 * Reminds whoever must act before a deadline and when it is past, once a rung. What makes a reminder the same is its effect key (item, last day, rung),
 * so it may run twice, in two workers, or again after it was killed; an extension has a new last day and reminds anew. What was done is listed by no source
 * and reminds nobody.
 */
@Injectable()
export class SendReminders {
  private readonly lookedAt = new Map<string, Date>();

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly due: DueRegistry,
  ) {}

  /** For the worker's schedule, which calls every few seconds: passes over a city that was looked through a short while ago. */
  async runDue(cityId: string): Promise<void> {
    const before = this.lookedAt.get(cityId);
    await this.unitOfWork.run(systemActor(cityId), async (tx) => {
      if (before && chinaDate(before) === chinaDate(tx.at) && tx.at.getTime() - before.getTime() < REST_MS) return;
      await this.remind(tx);
      this.lookedAt.set(cityId, tx.at);
    });
  }

  /** Looks through one city. Answers how many reminders stand for today, those of earlier runs included. */
  run(cityId: string): Promise<number> {
    return this.unitOfWork.run(systemActor(cityId), (tx) => this.remind(tx));
  }

  private async remind(tx: TenantTx): Promise<number> {
    const today = chinaDate(tx.at);
    const { items } = await this.due.list(tx, { departmentId: null, whole: true });
    const near = items.flatMap((item) => {
      if (item.dueOn === null) return [];
      const { rung, left, counted } = rungOf(item.dueOn, today, item.early);
      return rung ? [{ item, dueOn: item.dueOn, rung, left, counted }] : [];
    });
    const ahead = items.flatMap((item) => {
      const rung = item.dueOn !== null && item.notice ? noticeOf(item.dueOn, today) : null;
      return rung && item.dueOn !== null && item.notice && (rung === 'half' || !item.notice.answered) ? [{ item, dueOn: item.dueOn, rung, of: item.notice.of }] : [];
    });
    if (near.length + ahead.length === 0) return 0;
    const holders = await peopleOf(tx);
    const notices = near.flatMap(({ item, dueOn, rung, left, counted }) => holders(item).map((accountId): Notice => ({
      accountId, effectKey: `due/${item.key}/${dueOn}/${rung}`,
      messageKey: `deadlines:remind.${rung}${rung === 'week' && counted === 'cd' ? 'Calendar' : ''}`,
      params: { title: item.title, due: dueOn, left }, href: item.href,
    })));
    // Whoever answers for the policy, and the head of the department that owns it; an extension has a new last day, and its notices are others.
    notices.push(...ahead.flatMap(({ item, dueOn, rung, of }) => [...new Set([...holders(item), ...holders({ accountId: null, role: 'department_head', roleIn: [item.departmentId] })])].map((accountId): Notice => ({
      accountId, effectKey: `notice/${item.key}/${dueOn}/${rung}`, messageKey: `cityledger:remind.${NOTICE_WORDS[of][rung]}`, params: { title: item.title, due: dueOn }, href: item.href,
    }))));
    await notifyAll(tx, notices);
    return notices.length;
  }
}

/** Who must act on an item: the named person, or the holders of its role in its departments; one statement for the whole city. */
async function peopleOf(tx: TenantTx): Promise<(item: Pick<DueItem, 'accountId' | 'role' | 'roleIn'>) => string[]> {
  const rows = await tx.query<{ tenantId: string; accountId: string; role: string }>(
    `SELECT m.tenant_id AS "tenantId", m.account_id AS "accountId", m.role FROM membership m
     JOIN account a ON a.city_id = m.city_id AND a.id = m.account_id
     WHERE m.city_id = $1 AND m.revoked_at IS NULL AND a.disabled_at IS NULL ORDER BY m.account_id`, [tx.cityId]);
  const holders = new Map<string, string[]>();
  for (const { tenantId, role, accountId } of rows) holders.set(`${tenantId}/${role}`, [...(holders.get(`${tenantId}/${role}`) ?? []), accountId]);
  return (item) => item.accountId !== null ? [item.accountId] : [...new Set(item.roleIn.flatMap((tenantId) => holders.get(`${tenantId}/${item.role}`) ?? []))];
}
