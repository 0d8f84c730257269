import { type Actor, DomainError } from '@platform/kernel';
import { createParamDecorator, type CustomDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import type { WebRequest } from './request';

const userOf = (context: ExecutionContext): Actor | null => context.switchToHttp().getRequest<WebRequest>().user ?? null;

/** The person who acts; 401 if nobody is signed in. */
export const CurrentActor = createParamDecorator((_data: unknown, context: ExecutionContext): Actor => {
  const actor = userOf(context);
  if (!actor) throw new DomainError('unauthenticated', 'common:error.signInFirst');
  return actor;
});

/** The person who acts, or null. */
export const MaybeActor = createParamDecorator((_data: unknown, context: ExecutionContext): Actor | null => userOf(context));

export const FORM_PAGE_KEY = 'policyloop:form-page';

/** On a POST: the page that is shown again, with what was typed and what is wrong, when it is refused. `:names` are the route's parameters. */
export const FormPage = (path: string): CustomDecorator => SetMetadata(FORM_PAGE_KEY, path);
