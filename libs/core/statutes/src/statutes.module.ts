import { PermissionRegistry } from '@platform/identity';
import { Module, type OnModuleInit } from '@nestjs/common';
import { STATUTES_GRANTS } from './statutes.access';
import { ConfirmOverride } from './use-cases/confirm-override';
import { ConfirmParameter } from './use-cases/confirm-parameter';
import { SetOverride } from './use-cases/set-override';

const USE_CASES = [SetOverride, ConfirmOverride, ConfirmParameter];

/** What people add to the statutes of the library: overrides, and confirmations of what was cited from memory. */
@Module({ providers: USE_CASES, exports: USE_CASES })
export class StatutesModule implements OnModuleInit {
  constructor(private readonly permissions: PermissionRegistry) {}

  onModuleInit(): void {
    this.permissions.register(STATUTES_GRANTS);
  }
}
