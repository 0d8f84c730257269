import { DraftingModule } from '@domains/drafting';
import type { Type } from '@nestjs/common';

/** The rooms whose reactions and schedules run here. */
export const DOMAIN_MODULES: Type[] = [DraftingModule];
