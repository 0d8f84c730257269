import { TenantRepository } from '@platform/persistence';
import { PolicyRow } from './policy.entity';
import { VersionRow } from './version.entity';

export const policies = new TenantRepository(PolicyRow);
export const versions = new TenantRepository(VersionRow);
