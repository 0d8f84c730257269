import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { WebRequest } from './request';

/** Scheme and host as the reader wrote them, for addresses that leave the site; empty, and so relative addresses, for a host that is none. */
export const Origin = createParamDecorator((_data: unknown, context: ExecutionContext): string => {
  const { protocol, host } = context.switchToHttp().getRequest<WebRequest>();
  return /^[\w.-]+(:\d+)?$|^\[[\da-f:]+\](:\d+)?$/i.test(host) ? `${protocol}://${host}` : '';
});
