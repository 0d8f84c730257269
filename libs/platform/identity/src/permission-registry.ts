import type { Actor, Role } from '@platform/kernel';
import { Injectable } from '@nestjs/common';

/** Action → the roles that may do it. */
export type Grants = Readonly<Record<string, readonly Role[]>>;

/**
 * Which role may do which action. Domains register theirs when they start; what nobody granted is refused. It decides at the door only: the
 * use case asks again with the object in hand.
 */
@Injectable()
export class PermissionRegistry {
  private readonly roles = new Map<string, ReadonlySet<Role>>();

  register(grants: Grants): void {
    for (const [action, roles] of Object.entries(grants)) {
      if (this.roles.has(action)) throw new Error(`the action ${action} is granted twice`);
      this.roles.set(action, new Set(roles));
    }
  }

  knows(action: string): boolean {
    return this.roles.has(action);
  }

  allows(actor: Actor, action: string): boolean {
    const allowed = this.roles.get(action);
    return allowed !== undefined && actor.roles.some((role) => allowed.has(role));
  }

  /** Every action that this person may do; for menus. */
  actionsOf(actor: Actor): Set<string> {
    return new Set([...this.roles.keys()].filter((action) => this.allows(actor, action)));
  }
}
