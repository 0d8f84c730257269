import { randomUUID } from 'node:crypto';
import { AdmitPost, type Means, postingRate, workBits } from '@domains/consultation';
import { type Actor, type Clock, DomainError } from '@platform/kernel';
import { CLOCK, PublicReader } from '@platform/persistence';
import type { Settings } from '@platform/settings';
import { Inject, Injectable } from '@nestjs/common';
import { networkHash, SETTINGS, type WebRequest } from '../http';
import { type Binding, type Challenge, judgeProof, LEAST_SECONDS, mintChallenge, openChallenge, type Proof } from './challenge';
import type { ProofDto } from './intake.dto';

/** What the component `intake-proof` shows, and the key that the form posts under. */
export interface IntakeForm {
  key: string;
  /** Null for who is signed in. */
  proof: (Challenge & { solution?: string | undefined; answer?: string | undefined; seconds: number }) | null;
}

const KEY = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const LEAST_KEY = 16;
const LONGEST_KEY = 200;

export const proofOf = ({ _challenge, _solution, _answer }: ProofDto): Proof => ({ challenge: _challenge, solution: _solution, answer: _answer });

/**
 * Stands before everything that takes posts of the public: `formFor` on the page, `admit` before the use case. `scope` tells the places of one
 * consultation apart (a questionnaire's id), so that a solution for one is none for the other.
 */
@Injectable()
export class IntakeGuard {
  constructor(
    private readonly admitPost: AdmitPost,
    private readonly reader: PublicReader,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** For the form of a page. A form that was refused keeps its key, and its proof while that is good. */
  async formFor(request: WebRequest, actor: Actor, consultationId: string, scope = ''): Promise<IntakeForm> {
    const values = (request.refusedForm?.values ?? {}) as ProofDto & { _key?: unknown };
    const key = typeof values._key === 'string' && KEY.test(values._key) ? values._key : randomUUID();
    if (actor.accountId !== null) return { key, proof: null };
    const binding = bindingOf(actor.cityId, consultationId, scope, key);
    const kept = typeof values._challenge === 'string' ? openChallenge(this.secret, binding, values._challenge, this.clock.now()) : null;
    if (!kept) return { key, proof: { ...(await this.mint(binding, consultationId)), seconds: LEAST_SECONDS } };
    const solved = judgeProof(this.secret, binding, proofOf(values), this.clock.now()) === 'work';
    return { key, proof: { ...kept, solution: solved ? values._solution : undefined, answer: values._answer, seconds: LEAST_SECONDS } };
  }

  /** For a program: the challenge of one post to come. */
  challenge(cityId: string, consultationId: string, key: string | undefined, scope = ''): Promise<Challenge> {
    return this.mint(bindingOf(cityId, consultationId, scope, checkedKey(key)), consultationId);
  }

  /**
   * Lets a post in or throws: `invalid` without a good proof, `too_many` over a limit, `not_found` for what is not there. A post that was let in before
   * comes in again. Departments are let through, as the use case has the better answer for them.
   */
  async admit(request: WebRequest, actor: Actor, consultationId: string, givenKey: string | undefined, proof: Proof, scope = ''): Promise<void> {
    if (actor.tenantId !== null) return;
    const key = checkedKey(givenKey);
    const { limits } = this.settings.intake;
    const network = networkHash(this.secret, actor.cityId, request.ip, this.clock.now());
    // Two people may happen to have the same key; what one has proved counts for that one alone.
    const own = `${scope}\n${actor.accountId ?? ''}\n${key}`;
    await this.admitPost.run(actor.cityId, { consultationId, key: own, limits, accountId: actor.accountId, network }, (at) =>
      (actor.accountId !== null ? 'account' : meansOf(judgeProof(this.secret, bindingOf(actor.cityId, consultationId, scope, key), proof, at))));
  }

  private get secret(): string {
    return this.settings.csrfSecret;
  }

  private async mint(binding: Binding, consultationId: string): Promise<Challenge> {
    const at = this.clock.now();
    const bits = workBits(this.settings.intake.workBits, await postingRate(this.reader, binding.cityId, consultationId, at));
    return mintChallenge(this.secret, binding, bits, at);
  }
}

const bindingOf = (cityId: string, consultationId: string, scope: string, key: string): Binding => ({ cityId, subject: `${consultationId}/${scope}`, key });

function checkedKey(key: string | undefined): string {
  if (key && key.length >= LEAST_KEY && key.length <= LONGEST_KEY) return key;
  throw DomainError.invalid('consultation:error.key', [{ field: 'idempotencyKey', key: 'consultation:error.key' }]);
}

function meansOf(verdict: ReturnType<typeof judgeProof>): Means {
  if (verdict === 'account' || verdict === 'work' || verdict === 'question') return verdict;
  const key = `intake:error.proof.${verdict}`;
  // A challenge that is too old is no fault of the sender, and no field mends it: the page has a new one.
  throw DomainError.invalid(key, verdict === 'expired' ? [] : [{ field: '_answer', key, params: { seconds: LEAST_SECONDS } }]);
}
