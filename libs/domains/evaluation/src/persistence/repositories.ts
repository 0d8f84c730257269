import { TenantRepository } from '@platform/persistence';
import { AssessorRow, CampaignRow, SheetRow } from './campaign.entity';
import { ReportRow } from './report.entity';
import { SurveyRow } from './survey.entity';

export const reports = new TenantRepository(ReportRow);
export const campaigns = new TenantRepository(CampaignRow);
export const assessors = new TenantRepository(AssessorRow);
export const sheets = new TenantRepository(SheetRow);
export const surveys = new TenantRepository(SurveyRow);
