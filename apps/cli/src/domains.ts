import { DraftingModule } from '@domains/drafting';
import type { Type } from '@nestjs/common';

/** The rooms whose use cases the operator's commands and the seed call. */
export const DOMAIN_MODULES: Type[] = [DraftingModule];
