import type { Settings } from '@platform/settings';
import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { checkCsrf } from './csrf';
import type { WebRequest } from './request';
import { SETTINGS } from './tokens';

@Injectable()
export class CsrfGuard implements CanActivate {
  constructor(@Inject(SETTINGS) private readonly settings: Settings) {}

  canActivate(context: ExecutionContext): boolean {
    checkCsrf(context.switchToHttp().getRequest<WebRequest>(), this.settings);
    return true;
  }
}
