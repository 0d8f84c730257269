import { POLICY_KINDS, POLICY_STATES, type PolicyKind, type PolicyState } from '@core/policy';
import { CAPACITIES, type Capacity, type NewPolicy, PLAN_KINDS, PLAN_STATES, type PlanKind, type PlanState } from '@domains/drafting';
import { Transform, Type } from 'class-transformer';
import { ArrayMaxSize, IsBoolean, IsIn, IsInt, IsISO8601, IsOptional, IsString, IsUUID, Length, Matches, MaxLength, Min, ValidateIf } from 'class-validator';
import { FactsDto, factsOf } from './procedure.dto';
import { IsUploadedFile, type UploadedFile } from '../http';

export const filled = (_dto: object, value: unknown): boolean => value !== '' && value !== undefined && value !== null;
/** A field left empty arrives as an empty text. */
export const EmptyIsNull = (): PropertyDecorator => Transform(({ value }: { value: unknown }) => (value === '' ? null : value));
/** Words in one field, set apart by commas of either width, or already a list. */
const Words = (): PropertyDecorator => Transform(({ value }: { value: unknown }) =>
  (typeof value === 'string' ? value.split(/[,，、;；\n]/).map((word) => word.trim()).filter(Boolean) : value));
/** A ticked box arrives as `on`. */
export const Ticked = (): PropertyDecorator => Transform(({ value }: { value: unknown }) => value === true || value === 'on' || value === 'true');
/** A month as `YYYY-MM`. */
export const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;

export class PlanListDto {
  @ValidateIf(filled) @Type(() => Number) @IsInt() year?: number;
  @ValidateIf(filled) @IsIn(PLAN_STATES) state?: PlanState;
  @IsOptional() @IsString() @MaxLength(100) after?: string;
}

export class ProposePlanItemDto {
  @Type(() => Number) @IsInt({ message: 'drafting:error.year' }) year: number;
  @IsIn(PLAN_KINDS, { message: 'drafting:error.planKind' }) kind: PlanKind;
  @IsString({ message: 'drafting:error.title' }) @Length(1, 300, { message: 'drafting:error.title' }) title: string;
  @IsString({ message: 'drafting:error.planReason' }) @Length(1, 2000, { message: 'drafting:error.planReason' }) reason: string;
  @EmptyIsNull() @IsOptional() @IsUUID(undefined, { message: 'drafting:error.targetMissing' }) targetPolicyId?: string | null;
  @EmptyIsNull() @IsOptional() @Matches(MONTH, { message: 'plan:error.dueMonth' }) dueMonth?: string | null;
  @EmptyIsNull() @IsOptional() @IsUUID(undefined, { message: 'plan:error.leadPerson' }) leadPersonId?: string | null;
  @IsOptional() @IsString() @MaxLength(2000, { message: 'drafting:error.long' }) basis?: string;
}

export class DecidePlanItemDto {
  @IsIn(['approve', 'refuse'], { message: 'drafting:error.decision' }) decision: 'approve' | 'refuse';
  @IsOptional() @IsString() @MaxLength(2000, { message: 'drafting:error.long' }) note?: string;
  @EmptyIsNull() @IsOptional() @Matches(MONTH, { message: 'plan:error.dueMonth' }) dueMonth?: string | null;
}

export class PolicyListDto {
  @ValidateIf(filled) @IsIn(POLICY_STATES) state?: PolicyState;
  @IsOptional() @IsString() @MaxLength(100) after?: string;
}

export class NewPolicyDto extends FactsDto {
  @IsIn(POLICY_KINDS, { message: 'drafting:error.kind' }) kind: PolicyKind;
  @IsString({ message: 'drafting:error.title' }) @Length(1, 300, { message: 'drafting:error.title' }) title: string;
  @IsString({ message: 'drafting:error.summary' }) @MaxLength(1000, { message: 'drafting:error.summary' }) summary: string;
  @Ticked() @IsBoolean() affectsMarket = false;
  @IsUUID(undefined, { message: 'drafting:error.responsible' }) responsibleId: string;
  @Words() @IsString({ each: true, message: 'drafting:error.words' }) @ArrayMaxSize(20, { message: 'drafting:error.words' }) @MaxLength(30, { each: true, message: 'drafting:error.words' }) topics: string[] = [];
  @Words() @IsString({ each: true, message: 'drafting:error.words' }) @ArrayMaxSize(20, { message: 'drafting:error.words' }) @MaxLength(30, { each: true, message: 'drafting:error.words' }) audience: string[] = [];
}

export const newPolicyOf = (dto: NewPolicyDto): NewPolicy => ({
  kind: dto.kind, title: dto.title, summary: dto.summary, affectsMarket: dto.affectsMarket, responsibleId: dto.responsibleId, topics: dto.topics, audience: dto.audience,
  facts: factsOf(dto),
});

export class CreatePolicyDto extends NewPolicyDto {
  @IsUUID(undefined, { message: 'drafting:error.planItem' }) planItemId: string;
}

export class ShowPolicyDto {
  @IsOptional() @IsUUID() version?: string;
}

export class SaveDraftDto {
  @Type(() => Number) @IsInt() @Min(1) seen: number;
  @IsString({ message: 'drafting:error.emptyText' }) @MaxLength(500_000, { message: 'drafting:error.long' }) text: string;
  @IsString({ message: 'drafting:error.noteMissing' }) @MaxLength(50_000, { message: 'drafting:error.long' }) draftingNote: string;
  @IsOptional() @IsUploadedFile('documents:error.notText') file?: UploadedFile;
  @IsOptional() @IsIn(['save', 'submit']) action?: 'save' | 'submit';
}

export class SubmitVersionDto {
  @Type(() => Number) @IsInt() @Min(1) seen: number;
}

export class ReviseDto {
  @IsString({ message: 'drafting:error.reviseReason' }) @Length(1, 2000, { message: 'drafting:error.reviseReason' }) reviseReason: string;
}

export class WithdrawDto {
  @IsString({ message: 'drafting:error.reasonMissing' }) @Length(1, 2000, { message: 'drafting:error.reasonMissing' }) withdrawReason: string;
}

export class InviteDepartmentDto {
  @IsUUID(undefined, { message: 'drafting:error.otherDepartment' }) departmentId: string;
  @IsIn(CAPACITIES, { message: 'drafting:error.capacity' }) capacity: Capacity;
}

export class ApproveDto {
  @IsString({ message: 'drafting:error.statement' }) @Length(1, 2000, { message: 'drafting:error.statement' }) statement: string;
}

export class PublishDto {
  @Matches(/^\d{4}-\d{2}-\d{2}$/, { message: 'drafting:error.date' }) @IsISO8601({ strict: true }, { message: 'drafting:error.date' }) effectiveFrom: string;
  @EmptyIsNull() @IsOptional() @Matches(/^\d{4}-\d{2}-\d{2}$/, { message: 'drafting:error.date' }) @IsISO8601({ strict: true }, { message: 'drafting:error.date' }) effectiveTo: string | null = null;
  @EmptyIsNull() @IsOptional() @IsUUID(undefined, { message: 'drafting:error.replaces' }) replaces: string | null = null;
}
