import { TenantRepository } from '@platform/persistence';
import { PolicyRow } from './policy.entity';
import { VersionRow } from './version.entity';
import { ValidityChangeRow } from './validity-change.entity';

export const policies = new TenantRepository(PolicyRow);
export const versions = new TenantRepository(VersionRow);
export const validityChanges = new TenantRepository(ValidityChangeRow);
