import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { RefusedForm, WebRequest } from './request';

/** The refused form that this page is shown again with, or null: for pages whose fields hang on what was typed. */
export const Refused = createParamDecorator((_data: unknown, context: ExecutionContext): RefusedForm | null => context.switchToHttp().getRequest<WebRequest>().refusedForm ?? null);
