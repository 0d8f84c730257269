import { POLICY_KINDS } from '@core/policy';
import { IsIn, IsOptional, IsString, IsUUID, MaxLength, ValidateIf } from 'class-validator';

const filled = (_dto: object, value: unknown): boolean => value !== '' && value !== undefined;

/** Filters of the public list; they stand in the address, so that a list can be sent to somebody. */
export class PolicyListDto {
  @IsOptional() @IsString() @MaxLength(200, { message: 'policy:error.query' }) q?: string;
  @ValidateIf(filled) @IsIn(POLICY_KINDS, { message: 'policy:error.kind' }) kind?: string;
  @ValidateIf(filled) @IsUUID(undefined, { message: 'policy:error.department' }) department?: string;
  @IsOptional() @IsString() @MaxLength(100) after?: string;
}

/** One version of a policy, the newest unless named. */
export class PolicyVersionDto {
  @IsOptional() @IsUUID() version?: string;
}
