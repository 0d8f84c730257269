import { CLUSTER_PARTS, CLUSTER_THRESHOLD, type ClusterPart } from '@domains/consultation';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { IsHash, IsIn, IsInt, IsNumber, IsOptional, IsString, IsUUID, MaxLength, Min } from 'class-validator';
import { AnswerDto, asList } from './consultation.dto';

const FIELD = { message: 'common:error.field' };

export class ComputeClustersDto {
  /** How alike: Jaccard similarity with what a cluster shares. */
  @ApiPropertyOptional({ minimum: CLUSTER_THRESHOLD.least, maximum: CLUSTER_THRESHOLD.most, default: CLUSTER_THRESHOLD.usual })
  @IsOptional() @Type(() => Number) @IsNumber({}, FIELD) threshold?: number;
}

export class ClusterListDto {
  /** The number of the last cluster shown. */
  @IsOptional() @Type(() => Number) @IsInt(FIELD) @Min(0, FIELD) after?: number;
}

export class ClusterMembersDto {
  @IsOptional() @IsIn(CLUSTER_PARTS, FIELD) part?: ClusterPart;
  @IsOptional() @IsString() @MaxLength(100) after?: string;
}

export class ClusterAnswerDto extends AnswerDto {
  /** Ids of members that do not get the answer. */
  @ApiPropertyOptional({ type: [String] }) @IsOptional() @Transform(asList) @IsUUID(undefined, { each: true, ...FIELD }) leaveOut?: string[];
  /** How many members had no answer in the preview. */
  @ApiProperty({ minimum: 0 }) @Type(() => Number) @IsInt(FIELD) @Min(0, FIELD) seen: number;
}

export class ApproveClusterDto {
  /** Of the wording that was read. */
  @IsHash('sha256', FIELD) key: string;
  @Type(() => Number) @IsInt(FIELD) @Min(1, FIELD) seen: number;
}
