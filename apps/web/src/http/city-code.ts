import { DomainError } from '@platform/kernel';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { WebRequest } from './request';

/** The `:city` of the path; anything that is no division code is "not found". */
export const CityCode = createParamDecorator((_data: unknown, context: ExecutionContext): string => {
  const { city } = context.switchToHttp().getRequest<WebRequest>().params as { city?: string };
  if (!city || !/^\d{6}$/.test(city)) throw DomainError.notFound();
  return city;
});
