import { FundingModule } from '@domains/funding';
import { Module } from '@nestjs/common';
import { PolicyModule } from '@core/policy';
import { ApplicationsPortal } from './applications.portal';
import { FundingApi, PublicFundingApi } from './funding.api';
import { FundingConsole } from './funding.console';
import { FundingPortal } from './funding.portal';
import { PolicyFundingConsole } from './policy-funding.console';
import { ReviewsConsole } from './reviews.console';

/** The pages and the API of the funding room. */
@Module({
  imports: [FundingModule, PolicyModule],
  controllers: [FundingPortal, ApplicationsPortal, FundingConsole, PolicyFundingConsole, ReviewsConsole, PublicFundingApi, FundingApi],
})
export class FundingWeb {}
