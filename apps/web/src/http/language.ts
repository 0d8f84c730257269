import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Lang } from '../view';
import { langOf, type WebRequest } from './request';

/** The language in which the person reads. */
export const Language = createParamDecorator((_data: unknown, context: ExecutionContext): Lang => langOf(context.switchToHttp().getRequest<WebRequest>()));
