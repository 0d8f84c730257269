import { type Channel, CHANNELS } from '@domains/interpretation';
import { Transform } from 'class-transformer';
import { IsArray, IsIn, IsObject, IsOptional, IsString, MaxLength } from 'class-validator';
import type { UploadedFile } from '../http';

/** One box ticked arrives as a word, several as a list, none as nothing. */
const List = (): PropertyDecorator => Transform(({ value }: { value: unknown }) => (value === undefined || value === '' ? [] : Array.isArray(value) ? value : [value]));

export class PlanDto {
  @IsString() @MaxLength(500, { message: 'interpretation:error.audienceLong' }) audience: string;
  @IsString() @MaxLength(4000, { message: 'interpretation:error.keyPointsLong' }) keyPoints: string;
  @List() @IsArray() @IsIn(CHANNELS, { each: true, message: 'interpretation:error.channelsNeeded' }) channels: Channel[] = [];
}

export class MaterialDto {
  @IsString() @MaxLength(200, { message: 'interpretation:error.titleLong' }) title: string;
  @IsOptional() @IsString() @MaxLength(20_000, { message: 'interpretation:error.bodyLong' }) body?: string;
  @IsOptional() @IsString() @MaxLength(4000, { message: 'interpretation:error.altTextLong' }) altText?: string;
  @IsOptional() @IsObject({ message: 'interpretation:error.pictureFormat' }) picture?: UploadedFile;
  @List() @IsArray() @IsString({ each: true, message: 'interpretation:error.clauseUnknown' }) clauses: string[] = [];
}
