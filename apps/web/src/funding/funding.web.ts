import { FundingModule } from '@domains/funding';
import { Module } from '@nestjs/common';

/** The pages and the API of the funding room. */
@Module({ imports: [FundingModule], controllers: [] })
export class FundingWeb {}
