import { TenantRepository } from '@platform/persistence';
import { ReportRow } from './report.entity';

export const reports = new TenantRepository(ReportRow);
