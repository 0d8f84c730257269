import { TenantRepository } from '@platform/persistence';
import { AbolitionCaseRow } from './abolition-case.entity';
import { BookRow } from './book.entity';
import { CleanupItemRow, CleanupRow, CleanupSheetRow } from './cleanup.entity';
import { ValidityCaseRow } from './validity-case.entity';

export const abolitionCases = new TenantRepository(AbolitionCaseRow);
export const validityCases = new TenantRepository(ValidityCaseRow);
export const books = new TenantRepository(BookRow);
export const cleanups = new TenantRepository(CleanupRow);
export const cleanupSheets = new TenantRepository(CleanupSheetRow);
export const cleanupItems = new TenantRepository(CleanupItemRow);
