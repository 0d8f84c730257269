import type { Type } from '@nestjs/common';
import { FundingWeb } from './funding/funding.web';

/** The rooms that have pages: each brings its controllers and its domain module. */
export const DOMAIN_WEB_MODULES: Type[] = [FundingWeb];
