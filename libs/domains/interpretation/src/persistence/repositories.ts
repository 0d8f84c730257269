import { TenantRepository } from '@platform/persistence';
import { MaterialRow } from './material.entity';
import { PlanRow } from './plan.entity';

export const plans = new TenantRepository(PlanRow);
export const materials = new TenantRepository(MaterialRow);
