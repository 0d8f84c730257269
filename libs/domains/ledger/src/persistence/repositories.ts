import { TenantRepository } from '@platform/persistence';
import { AbolitionCaseRow } from './abolition-case.entity';

export const abolitionCases = new TenantRepository(AbolitionCaseRow);
