import { chinaDate, systemActor } from '@platform/kernel';
import { type Notice, notifyAll } from '@platform/notify';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import type { DueItem } from '../domain/due';
import { rungOf } from '../domain/rungs';
import { DueRegistry } from '../due-registry';

/** How long a city that was looked through is left alone, in milliseconds of the clock; a new day is looked at whatever the hour. */
const REST_MS = 10 * 60_000;

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
    const { items } = await this.due.list(tx, { departmentId: null });
    const near = items.flatMap((item) => {
      if (item.dueOn === null) return [];
      const { rung, left, counted } = rungOf(item.dueOn, today, item.early);
      return rung ? [{ item, dueOn: item.dueOn, rung, left, counted }] : [];
    });
    if (near.length === 0) return 0;
    const holders = await peopleOf(tx);
    const notices = near.flatMap(({ item, dueOn, rung, left, counted }) => holders(item).map((accountId): Notice => ({
      accountId, effectKey: `due/${item.key}/${dueOn}/${rung}`,
      messageKey: `deadlines:remind.${rung}${rung === 'week' && counted === 'cd' ? 'Calendar' : ''}`,
      params: { title: item.title, due: dueOn, left }, href: item.href,
    })));
    await notifyAll(tx, notices);
    return notices.length;
  }
}

/** Who must act on an item: the named person, or the holders of its role in its departments; one statement for the whole city. */
async function peopleOf(tx: TenantTx): Promise<(item: DueItem) => string[]> {
  const rows = await tx.query<{ tenantId: string; accountId: string; role: string }>(
    `SELECT m.tenant_id AS "tenantId", m.account_id AS "accountId", m.role FROM membership m
     JOIN account a ON a.city_id = m.city_id AND a.id = m.account_id
     WHERE m.city_id = $1 AND m.revoked_at IS NULL AND a.disabled_at IS NULL ORDER BY m.account_id`, [tx.cityId]);
  const holders = new Map<string, string[]>();
  for (const { tenantId, role, accountId } of rows) holders.set(`${tenantId}/${role}`, [...(holders.get(`${tenantId}/${role}`) ?? []), accountId]);
  return (item) => item.accountId !== null ? [item.accountId] : [...new Set(item.roleIn.flatMap((tenantId) => holders.get(`${tenantId}/${item.role}`) ?? []))];
}
