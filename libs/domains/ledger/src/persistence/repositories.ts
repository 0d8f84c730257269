import { TenantRepository } from '@platform/persistence';
import { AbolitionCaseRow } from './abolition-case.entity';
import { BookRow } from './book.entity';

export const abolitionCases = new TenantRepository(AbolitionCaseRow);
export const books = new TenantRepository(BookRow);
