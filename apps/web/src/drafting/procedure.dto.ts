import { ATTACHMENT_KINDS, type AttachmentKind, type Issuer, ISSUERS } from '@core/policy';
import { EXPERT_VIEWS, type ExpertView, type FactsInput, type Signature, STANDARD_ANSWERS, type StandardAnswer } from '@domains/drafting';
import { Transform } from 'class-transformer';
import { IsArray, IsBoolean, IsIn, IsInt, IsISO8601, IsOptional, IsString, IsUUID, Length, Max, MaxLength, Min } from 'class-validator';
import { IsUploadedFile, type UploadedFile } from '../http';

const LONG = { message: 'drafting:error.long' };
const EmptyIsNull = (): PropertyDecorator => Transform(({ value }: { value: unknown }) => (value === '' ? null : value));
const EmptyIsNone = (): PropertyDecorator => Transform(({ value }: { value: unknown }) => (value === '' ? undefined : value));
const Ticked = (): PropertyDecorator => Transform(({ value }: { value: unknown }) => value === true || value === 'on' || value === 'true' || value === 'yes');
/** A number field left empty is no number, and not nought. */
const Count = (): PropertyDecorator => Transform(({ value }: { value: unknown }) => (value === '' || value === undefined || value === null ? undefined : Number(value)));
/** One field of a name arrives as a word, several as a list. */
const List = (): PropertyDecorator => Transform(({ value }: { value: unknown }) => (value === undefined ? [] : Array.isArray(value) ? value : [value]));

export class FactsDto {
  @Ticked() @IsBoolean() technical = false;
  @IsOptional() @IsString() @MaxLength(500, LONG) technicalReason = '';
  @Ticked() @IsBoolean() publicRisk = false;
  @IsOptional() @IsString() @MaxLength(500, LONG) publicRiskReason = '';
  @IsOptional() @IsIn(ISSUERS, { message: 'procedure:error.issuer' }) issuer: Issuer = 'department';
  @Ticked() @IsBoolean() emergency = false;
  @IsOptional() @IsString() @MaxLength(500, LONG) emergencyReason = '';
  @Ticked() @IsBoolean() concernsOthers = false;
}

export const factsOf = ({ technical, technicalReason, publicRisk, publicRiskReason, issuer, emergency, emergencyReason, concernsOthers }: FactsDto): FactsInput => ({
  technical, technicalReason, publicRisk, publicRiskReason, issuer, emergency, emergencyReason, concernsOthers,
});

/** The form of every kind of docket; which fields count follows from the kind. Findings and handlings are lists of equal length. */
export class SignDocketDto {
  @IsString({ message: 'procedure:error.conclusion' }) @Length(1, 40, { message: 'procedure:error.conclusion' }) conclusion: string;
  @IsString({ message: 'drafting:error.opinionMissing' }) @Length(1, 20_000, { message: 'drafting:error.opinionMissing' }) opinion: string;
  @IsOptional() @IsString() @MaxLength(20_000, LONG) changes?: string;
  @List() @IsArray() @IsString({ each: true }) findingClause: string[] = [];
  @List() @IsArray() @IsString({ each: true }) @MaxLength(5_000, { each: true, ...LONG }) findingText: string[] = [];
  @IsOptional() @IsString() @MaxLength(20_000, LONG) legalRisk?: string;
  @IsOptional() @IsString() @MaxLength(20_000, LONG) heard?: string;
  @EmptyIsNone() @IsOptional() @IsIn(STANDARD_ANSWERS, { message: 'procedure:error.standard' }) access?: StandardAnswer;
  @EmptyIsNone() @IsOptional() @IsIn(STANDARD_ANSWERS, { message: 'procedure:error.standard' }) flow?: StandardAnswer;
  @EmptyIsNone() @IsOptional() @IsIn(STANDARD_ANSWERS, { message: 'procedure:error.standard' }) cost?: StandardAnswer;
  @EmptyIsNone() @IsOptional() @IsIn(STANDARD_ANSWERS, { message: 'procedure:error.standard' }) conduct?: StandardAnswer;
  @IsOptional() @IsString() @MaxLength(40, LONG) purpose?: string;
  @IsOptional() @IsString() @MaxLength(20_000, LONG) alternative?: string;
  @EmptyIsNull() @IsOptional() @IsISO8601({ strict: true }, { message: 'drafting:error.date' }) endsOn?: string | null;
  @IsOptional() @IsString() @MaxLength(5_000, LONG) termination?: string;
  @IsOptional() @IsString() @MaxLength(20_000, LONG) risks?: string;
  @IsOptional() @IsString() @MaxLength(20_000, LONG) measures?: string;
  @List() @IsArray() @IsString({ each: true }) handlingSeat: string[] = [];
  @List() @IsArray() @IsString({ each: true }) @MaxLength(5_000, { each: true, ...LONG }) handlingText: string[] = [];
  @IsOptional() @IsString() @MaxLength(40, LONG) meeting?: string;
  @EmptyIsNull() @IsOptional() @IsISO8601({ strict: true }, { message: 'drafting:error.date' }) heldOn?: string | null;
  @Count() @IsOptional() @IsInt({ message: 'procedure:error.members' }) @Min(0) @Max(999) members?: number;
  @Count() @IsOptional() @IsInt({ message: 'procedure:error.present' }) @Min(0) @Max(999) present?: number;
  @IsOptional() @IsString() @MaxLength(50_000, LONG) minutes?: string;
  @Count() @IsOptional() @IsInt({ message: 'procedure:error.votes' }) @Min(0, { message: 'procedure:error.votes' }) @Max(999, { message: 'procedure:error.votes' }) votesFor?: number;
  @Count() @IsOptional() @IsInt({ message: 'procedure:error.votes' }) @Min(0, { message: 'procedure:error.votes' }) @Max(999, { message: 'procedure:error.votes' }) votesAgainst?: number;
  @Count() @IsOptional() @IsInt({ message: 'procedure:error.votes' }) @Min(0, { message: 'procedure:error.votes' }) @Max(999, { message: 'procedure:error.votes' }) votesAbstain?: number;
  @Ticked() @IsBoolean() headLast = false;
  @IsOptional() @IsString() @MaxLength(20_000, LONG) dissent?: string;
  @IsOptional() @IsString() @MaxLength(20_000, LONG) majorityReason?: string;
  @IsOptional() @IsString() @MaxLength(5_000, LONG) partyReport?: string;
}

/** The form as the use case takes it; rows of findings keep their places, the empty ones too. */
export function signatureOf({ findingClause, findingText, handlingSeat, handlingText, ...rest }: SignDocketDto): Signature {
  return {
    ...rest,
    findings: findingText.map((text, at) => ({ identity: findingClause[at] ?? '', text })),
    handling: handlingSeat.map((seatId, at) => ({ seatId, text: handlingText[at] ?? '' })),
  };
}

export class AssignReviewerDto {
  @IsUUID(undefined, { message: 'procedure:error.noSuchReviewer' }) reviewerId: string;
  @IsOptional() @IsString() @MaxLength(2_000, LONG) reason?: string;
  @EmptyIsNull() @IsOptional() @IsISO8601({ strict: true }, { message: 'drafting:error.date' }) dueOn?: string | null;
}

export class NameExpertDto {
  @IsUUID(undefined, { message: 'procedure:error.noSuchExpert' }) accountId: string;
}

export class DeclareInterestDto {
  @IsIn(['yes', 'no'], { message: 'procedure:error.interest' }) interest: 'yes' | 'no';
  @IsOptional() @IsString() @MaxLength(2_000, LONG) note?: string;
}

export class ExpertOpinionDto {
  @IsIn(EXPERT_VIEWS, { message: 'procedure:error.view' }) view: ExpertView;
  @IsString({ message: 'procedure:error.opinion' }) @MaxLength(20_000, LONG) opinion: string;
}

export class AttachmentDto {
  @IsIn(ATTACHMENT_KINDS, { message: 'procedure:error.attachmentKind' }) kind: AttachmentKind;
  @IsOptional() @IsUploadedFile('procedure:error.fileEmpty') file?: UploadedFile;
  @EmptyIsNull() @IsOptional() @IsUUID(undefined, { message: 'procedure:error.attachmentReplaced' }) replaces?: string | null;
}

/** For the API, where the docket stands in the body; pages name it in the path. */
export class PolicyAttachmentDto extends AttachmentDto {
  @EmptyIsNull() @IsOptional() @IsUUID(undefined, { message: 'common:error.notFound' }) docketId?: string | null;
}
