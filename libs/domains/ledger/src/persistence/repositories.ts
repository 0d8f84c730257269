import { TenantRepository } from '@platform/persistence';
import { AbolitionCaseRow } from './abolition-case.entity';
import { BookRow } from './book.entity';
import { ValidityCaseRow } from './validity-case.entity';

export const abolitionCases = new TenantRepository(AbolitionCaseRow);
export const validityCases = new TenantRepository(ValidityCaseRow);
export const books = new TenantRepository(BookRow);
