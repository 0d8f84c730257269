import { DESK_SCOPES, type DeskScope, DUE_STATES, type DueState } from '@core/policy';
import { IsIn, IsOptional, IsString, IsUUID, MaxLength, ValidateIf } from 'class-validator';

const filled = (_dto: object, value: unknown): boolean => value !== '' && value !== undefined;

export class DeadlinesDto {
  /** One's own, the department's, or the whole city's. */
  @ValidateIf(filled) @IsIn(DESK_SCOPES, { message: 'common:error.badRequest' }) scope?: DeskScope;
  @ValidateIf(filled) @IsIn(DUE_STATES, { message: 'common:error.badRequest' }) state?: DueState;
  @ValidateIf(filled) @IsUUID(undefined, { message: 'policy:error.department' }) department?: string;
  @IsOptional() @IsString() @MaxLength(120) after?: string;
}
