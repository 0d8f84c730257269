import { type Actor, type Role, type Scope, systemActor, systemClock } from '@platform/kernel';
import { UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';

interface Row {
  display_name: string;
  kind: string;
  tenant_id: string | null;
  roles: Role[];
}

/** How long a session that was found good is believed, in milliseconds: the most that a disabled account or a withdrawn role lives on. */
const TRUST_MS = 3_000;
const MOST_REMEMBERED = 10_000;

const scopeOf = (roles: readonly Role[]): Scope => (roles.some((role) => role === 'overseer' || role === 'audit_admin') ? 'city' : 'own');

/** Turns a session into the person who acts, with the roles of this moment and not those of the moment of signing in. */
@Injectable()
export class AccountDirectory {
  private readonly known = new Map<string, { actor: Actor | null; until: number }>();

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** The person behind a session, or null if the session, the account or the city is gone. */
  async actorOf(cityId: string, sessionId: string): Promise<Actor | null> {
    const key = `${cityId}/${sessionId}`;
    const remembered = this.known.get(key);
    // Monotonic time: this is about the age of a memory, not about the hour.
    const now = performance.now();
    if (remembered && remembered.until > now) return remembered.actor;
    const actor = await this.load(cityId, sessionId);
    if (this.known.size >= MOST_REMEMBERED) this.known.clear();
    this.known.set(key, { actor, until: now + TRUST_MS });
    return actor;
  }

  forget(cityId: string, sessionId: string): void {
    this.known.delete(`${cityId}/${sessionId}`);
  }

  private load(cityId: string, sessionId: string): Promise<Actor | null> {
    return this.unitOfWork.run(systemActor(cityId), async (tx) => {
      const [row] = await tx.query<Row & { account_id: string }>(
        `SELECT a.id AS account_id, a.display_name, a.kind, s.tenant_id,
                coalesce(array_agg(m.role) FILTER (WHERE m.role IS NOT NULL), '{}') AS roles
         FROM session s
         JOIN account a ON a.city_id = s.city_id AND a.id = s.account_id
         LEFT JOIN membership m ON m.city_id = s.city_id AND m.account_id = s.account_id AND m.tenant_id = s.tenant_id AND m.revoked_at IS NULL
         WHERE s.city_id = $1 AND s.id = $2 AND s.revoked_at IS NULL AND s.expires_at > $3 AND a.disabled_at IS NULL
         GROUP BY a.id, a.display_name, a.kind, s.tenant_id`, [cityId, sessionId, systemClock.now()]);
      if (!row) return null;
      const roles: Role[] = row.kind === 'staff' ? row.roles : [row.kind as Role];
      return { cityId, tenantId: row.tenant_id, accountId: row.account_id, name: row.display_name, roles, scope: scopeOf(roles) };
    });
  }
}
