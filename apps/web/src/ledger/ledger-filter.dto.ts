import { LEDGER_FLAGS, type LedgerFilter } from '@domains/ledger';
import { Transform, Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn, IsInt, IsOptional, IsString, IsUUID, MaxLength, ValidateIf } from 'class-validator';

const filled = (_dto: object, value: unknown): boolean => value !== '' && value !== undefined;
const Short = (most: number): PropertyDecorator => (target, name) => {
  IsOptional()(target, name as string);
  IsString({ message: 'common:error.badRequest' })(target, name as string);
  MaxLength(most, { message: 'common:error.badRequest' })(target, name as string);
};
/** A form sends one ticked box as a word and several as a list. */
const AsList = (): PropertyDecorator => Transform(({ value }: { value: unknown }) => (value === undefined || value === '' ? [] : [value].flat()));

/** What narrows the ledger; days, states and orders that do not exist are refused by the ledger, each by its name. */
export class LedgerDto {
  @Short(10) on?: string;
  @Short(20) state?: string;
  @Short(20) validity?: string;
  @Short(20) kind?: string;
  @ValidateIf(filled) @IsUUID(undefined, { message: 'policy:error.department' }) department?: string;
  @Short(4) year?: string;
  @Short(200) words?: string;
  @Short(60) number?: string;
  @Short(10) publishedFrom?: string;
  @Short(10) publishedTo?: string;
  @Short(10) effectiveFrom?: string;
  @Short(10) effectiveTo?: string;
  @Short(10) expiresFrom?: string;
  @Short(10) expiresTo?: string;
  /** Months ahead within which the last day lies. */
  @ValidateIf(filled) @Type(() => Number) @IsInt({ message: 'cityledger:error.badMonths' }) expiring?: number | '';
  @IsOptional() @AsList() @IsArray() @ArrayMaxSize(LEDGER_FLAGS.length, { message: 'cityledger:error.badFlag' }) @IsString({ each: true, message: 'cityledger:error.badFlag' }) flags?: string[];
  @Short(20) sort?: string;
  @Short(4) order?: string;
  @Short(420) after?: string;
}

export class LedgerFileDto extends LedgerDto {
  @ValidateIf(filled) @IsIn(['json', 'csv', 'xlsx'], { message: 'common:error.badRequest' }) format?: 'json' | 'csv' | 'xlsx';
}

export const ledgerFilter = ({ department, expiring, ...dto }: LedgerDto): LedgerFilter => ({ ...dto, departmentId: department, expiringMonths: expiring === '' ? undefined : expiring });

/** The filter as a query, so that a link keeps it. */
export function ledgerQuery(dto: LedgerDto, more: Record<string, string> = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...dto, ...more })) {
    if (name === 'format' || (name === 'after' && !('after' in more))) continue;
    for (const one of [value].flat() as (string | number | undefined)[]) if (one !== undefined && one !== '') query.append(name, String(one));
  }
  return query.toString();
}
