import { Type } from 'class-transformer';
import { IsInt, Max, Min, ValidateIf } from 'class-validator';

const filled = (_dto: object, value: unknown): boolean => value !== '' && value !== undefined;
const MOST = 2 ** 31 - 1;
const bad = { message: 'common:error.badRequest' };

export class CheckpointsDto {
  /** The last entry of the page before. */
  @ValidateIf(filled) @Type(() => Number) @IsInt(bad) @Min(1, bad) @Max(MOST, bad) after?: number;
  /** One of them alone. */
  @ValidateIf(filled) @Type(() => Number) @IsInt(bad) @Min(1, bad) @Max(MOST, bad) no?: number;
}

/** Two sizes of the log; of the newest checkpoint and of the one before it unless given. */
export class ConsistencyDto {
  @ValidateIf(filled) @Type(() => Number) @IsInt(bad) @Min(1, bad) @Max(MOST, bad) first?: number;
  @ValidateIf(filled) @Type(() => Number) @IsInt(bad) @Min(1, bad) @Max(MOST, bad) second?: number;
}

/** An entry by its number, from nought, and the size of a checkpoint that covers it; the last one of the newest checkpoint unless given. */
export class InclusionDto {
  @ValidateIf(filled) @Type(() => Number) @IsInt(bad) @Min(0, bad) @Max(MOST, bad) entry?: number;
  @ValidateIf(filled) @Type(() => Number) @IsInt(bad) @Min(1, bad) @Max(MOST, bad) size?: number;
}
