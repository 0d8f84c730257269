import type { Actor } from '@platform/kernel';
import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { ExtractJwt, Strategy } from 'passport-jwt';
import { AccountDirectory } from './account-directory';

export const ACCESS_COOKIE = 'pl_access';
export const TOKEN_ISSUER = 'policyloop';

interface Claims {
  sub: string;
  city: string;
  sid: string;
}

interface WithCookies {
  cookies?: Record<string, string | undefined>;
  sessionId?: string;
}

/** Reads the access token from the `Authorization` header (API) or the cookie (pages). The algorithm is pinned; the session is looked up again. */
@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy) {
  constructor(secret: string, private readonly directory: AccountDirectory) {
    super({
      jwtFromRequest: ExtractJwt.fromExtractors([
        ExtractJwt.fromAuthHeaderAsBearerToken(),
        (request: unknown) => (request as WithCookies).cookies?.[ACCESS_COOKIE] ?? null,
      ]),
      secretOrKey: secret,
      algorithms: ['HS256'],
      issuer: TOKEN_ISSUER,
      audience: TOKEN_ISSUER,
      passReqToCallback: true,
    });
  }

  async validate(request: WithCookies, claims: Claims): Promise<Actor | false> {
    const actor = await this.directory.actorOf(claims.city, claims.sid);
    if (!actor || actor.accountId !== claims.sub) return false;
    request.sessionId = claims.sid;
    return actor;
  }
}
