import { TenantRepository } from '@platform/persistence';
import { ApplicationRow } from './application.entity';
import { CallRow, ProgrammeRow } from './call.entity';
import { AwardRow, DecisionRow, ObjectionRow } from './decision.entity';
import { AssignmentRow, DrawRow } from './draw.entity';

export const programmes = new TenantRepository(ProgrammeRow);
export const calls = new TenantRepository(CallRow);
export const applications = new TenantRepository(ApplicationRow);
export const draws = new TenantRepository(DrawRow);
export const assignments = new TenantRepository(AssignmentRow);
export const decisions = new TenantRepository(DecisionRow);
export const objections = new TenantRepository(ObjectionRow);
export const awards = new TenantRepository(AwardRow);
