import type { Type } from '@nestjs/common';
import { DraftingWeb } from './drafting/drafting.web';

/** The rooms that have pages: each brings its controllers and its domain module. */
export const DOMAIN_WEB_MODULES: Type[] = [DraftingWeb];
