import { type Actor, DomainError } from '@platform/kernel';
import { type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import { CAN_KEY, PUBLIC_KEY } from './decorators';
import { ACCESS_COOKIE } from './jwt.strategy';
import { PermissionRegistry } from './permission-registry';

interface MayHaveToken {
  headers: { authorization?: string };
  cookies?: Record<string, string | undefined>;
  user?: Actor | null;
}

/** The one guard of every route: deny, unless the route says who may. */
@Injectable()
export class AccessGuard extends AuthGuard('jwt') {
  constructor(
    private readonly reflector: Reflector,
    private readonly permissions: PermissionRegistry,
  ) {
    super();
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const targets = [context.getHandler(), context.getClass()];
    const action = this.reflector.getAllAndOverride<string | undefined>(CAN_KEY, targets);
    const isPublic = this.reflector.getAllAndOverride<boolean | undefined>(PUBLIC_KEY, targets) ?? false;
    if (!isPublic && !action) throw DomainError.forbidden();
    const actor = await this.identify(context);
    if (!action) return true;
    if (!actor) throw new DomainError('unauthenticated', 'common:error.signInFirst');
    if (!this.permissions.allows(actor, action)) throw DomainError.forbidden();
    return true;
  }

  /** Nobody signed in, or a token that is no good, is null here: whether that matters is for the route. */
  override handleRequest<T>(_error: unknown, user: T | false): T {
    return (user || null) as T;
  }

  private async identify(context: ExecutionContext): Promise<Actor | null> {
    const request = context.switchToHttp().getRequest<MayHaveToken>();
    // Most readers of the public pages bring no token, and there is nothing to check.
    if (!request.headers.authorization && !request.cookies?.[ACCESS_COOKIE]) return null;
    await super.canActivate(context);
    return request.user ?? null;
  }
}
