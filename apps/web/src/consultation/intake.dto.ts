import { IsOptional, IsString, MaxLength } from 'class-validator';

/** What every form behind `IntakeGuard` carries beside its own fields; the component `intake-proof` writes them. */
export class ProofDto {
  @IsOptional() @IsString({ message: 'intake:error.proof.unsolved' }) @MaxLength(200, { message: 'intake:error.proof.unsolved' }) _challenge?: string;
  @IsOptional() @IsString({ message: 'intake:error.proof.unsolved' }) @MaxLength(20, { message: 'intake:error.proof.unsolved' }) _solution?: string;
  @IsOptional() @IsString({ message: 'intake:error.proof.unsolved' }) @MaxLength(40, { message: 'intake:error.proof.wrong' }) _answer?: string;
}
