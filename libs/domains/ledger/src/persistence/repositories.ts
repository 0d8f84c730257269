import { TenantRepository } from '@platform/persistence';
import { AbolitionCaseRow } from './abolition-case.entity';
import { ValidityCaseRow } from './validity-case.entity';

export const abolitionCases = new TenantRepository(AbolitionCaseRow);
export const validityCases = new TenantRepository(ValidityCaseRow);
