import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { recordAudit } from '@platform/audit';
import { DomainError, isId, newId, systemActor, systemClock } from '@platform/kernel';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { AccountDirectory } from './account-directory';
import { passwordMatches, pretendToCheck } from './passwords';

export interface SignedIn {
  accessToken: string;
  /** Null where the refresh token was used a moment ago already (two pages loading at once): the newer one stays good. */
  refreshToken: string | null;
  sessionId: string;
}

interface SessionRow {
  id: string;
  account_id: string;
  tenant_id: string | null;
  token_hash: string;
  previous_hash: string | null;
  rotated_at: Date;
}

const MAX_FAILURES = 5;
const LOCK_MINUTES = 15;
const SESSION_HOURS = 12;
/** Seconds in which the token just replaced is still taken from a second request that was under way. */
const GRACE_SECONDS = 10;

const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');
const same = (a: string, b: string | null): boolean => b !== null && a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

/**
 * Signing in and out, and renewing. Sessions live in real time, also where a demonstration has moved the clock.
 * Refresh tokens rotate; an old one that comes back ends the session, as it was stolen from somebody.
 */
@Injectable()
export class Sessions {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly jwt: JwtService,
    private readonly directory: AccountDirectory,
  ) {}

  /** Refuses with the same words whether the account is unknown, disabled, locked, or the password wrong. */
  async signIn(cityId: string, login: string, password: string): Promise<SignedIn> {
    const signedIn = /^\d{6}$/.test(cityId) ? await this.unitOfWork.run(systemActor(cityId), (tx) => this.check(tx, login, password)) : null;
    if (!signedIn) throw new DomainError('unauthenticated', 'common:error.signIn');
    return signedIn;
  }

  async renew(refreshToken: string): Promise<SignedIn | null> {
    const [cityId, sessionId, secret] = refreshToken.split('.');
    if (!cityId || !/^\d{6}$/.test(cityId) || !isId(sessionId) || !secret) return null;
    return this.unitOfWork.run(systemActor(cityId), async (tx) => {
      const [session] = await tx.query<SessionRow>(
        `SELECT id, account_id, tenant_id, token_hash, previous_hash, rotated_at FROM session
         WHERE city_id = $1 AND id = $2 AND revoked_at IS NULL AND expires_at > $3 FOR UPDATE`, [cityId, sessionId, systemClock.now()]);
      if (!session) return null;
      const hash = hashOf(secret);
      if (same(hash, session.token_hash)) {
        const next = randomBytes(32).toString('base64url');
        await tx.query('UPDATE session SET token_hash = $3, previous_hash = $4, rotated_at = $5 WHERE city_id = $1 AND id = $2',
          [cityId, session.id, hashOf(next), session.token_hash, systemClock.now()]);
        return this.tokens(cityId, session, next);
      }
      if (!same(hash, session.previous_hash)) return null;
      if (systemClock.now().getTime() - session.rotated_at.getTime() <= GRACE_SECONDS * 1000) return this.tokens(cityId, session, null);
      await tx.query('UPDATE session SET revoked_at = $3 WHERE city_id = $1 AND id = $2', [cityId, session.id, systemClock.now()]);
      recordAudit(tx, { action: 'identity.token_reused', subjectType: 'session', subjectId: session.id, tenantId: session.tenant_id });
      this.directory.forget(cityId, session.id);
      return null;
    });
  }

  async signOut(cityId: string, sessionId: string): Promise<void> {
    await this.unitOfWork.run(systemActor(cityId), async (tx) => {
      await tx.query('UPDATE session SET revoked_at = $3 WHERE city_id = $1 AND id = $2 AND revoked_at IS NULL', [cityId, sessionId, systemClock.now()]);
      recordAudit(tx, { action: 'identity.signed_out', subjectType: 'session', subjectId: sessionId });
    });
    this.directory.forget(cityId, sessionId);
  }

  private async check(tx: TenantTx, login: string, password: string): Promise<SignedIn | null> {
    const [account] = await tx.query<{ id: string; password_hash: string; failed_attempts: number; locked_until: Date | null }>(
      `SELECT a.id, c.password_hash, c.failed_attempts, c.locked_until
       FROM account a JOIN credential c ON c.city_id = a.city_id AND c.account_id = a.id
       WHERE a.city_id = $1 AND a.login = $2 AND a.disabled_at IS NULL FOR UPDATE OF c`, [tx.cityId, login]);
    if (!account) {
      await pretendToCheck(password);
      return null;
    }
    const locked = account.locked_until !== null && account.locked_until > systemClock.now();
    const matches = await passwordMatches(account.password_hash, password);
    if (locked) return null;
    if (!matches) {
      const failures = account.failed_attempts + 1;
      const lock = failures >= MAX_FAILURES;
      await tx.query('UPDATE credential SET failed_attempts = $3, locked_until = $4 WHERE city_id = $1 AND account_id = $2',
        [tx.cityId, account.id, lock ? 0 : failures, lock ? new Date(systemClock.now().getTime() + LOCK_MINUTES * 60_000) : null]);
      recordAudit(tx, { action: lock ? 'identity.locked' : 'identity.sign_in_failed', subjectType: 'account', subjectId: account.id });
      return null;
    }
    await tx.query('UPDATE credential SET failed_attempts = 0, locked_until = NULL WHERE city_id = $1 AND account_id = $2', [tx.cityId, account.id]);
    return this.open(tx, account.id);
  }

  private async open(tx: TenantTx, accountId: string): Promise<SignedIn> {
    const [membership] = await tx.query<{ tenant_id: string }>(
      'SELECT tenant_id FROM membership WHERE city_id = $1 AND account_id = $2 AND revoked_at IS NULL ORDER BY granted_at, tenant_id LIMIT 1',
      [tx.cityId, accountId]);
    const secret = randomBytes(32).toString('base64url');
    const session = { id: newId(), account_id: accountId, tenant_id: membership?.tenant_id ?? null };
    await tx.query(
      `INSERT INTO session (city_id, id, account_id, tenant_id, token_hash, rotated_at, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $6, $7)`,
      [tx.cityId, session.id, accountId, session.tenant_id, hashOf(secret), systemClock.now(), new Date(systemClock.now().getTime() + SESSION_HOURS * 3_600_000)]);
    recordAudit(tx, { action: 'identity.signed_in', subjectType: 'session', subjectId: session.id, tenantId: session.tenant_id, details: { account: accountId } });
    return this.tokens(tx.cityId, session, secret);
  }

  private tokens(cityId: string, session: Pick<SessionRow, 'id' | 'account_id'>, secret: string | null): SignedIn {
    const accessToken = this.jwt.sign({ sub: session.account_id, city: cityId, sid: session.id });
    return { accessToken, refreshToken: secret === null ? null : `${cityId}.${session.id}.${secret}`, sessionId: session.id };
  }
}
