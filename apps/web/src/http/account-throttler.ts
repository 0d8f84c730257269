import { Injectable } from '@nestjs/common';
import { ThrottlerGuard } from '@nestjs/throttler';
import type { WebRequest } from './request';

/** Thirty a minute of one route for each person who is signed in: a whole department may come from one address. */
@Injectable()
export class AccountThrottler extends ThrottlerGuard {
  protected override async getTracker(request: WebRequest): Promise<string> {
    return request.user ? `${request.user.cityId}/${request.user.accountId}` : super.getTracker(request);
  }
}
