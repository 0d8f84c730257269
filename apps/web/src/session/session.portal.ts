import { PermissionRegistry, Public, Sessions } from '@platform/identity';
import { type Actor, DomainError } from '@platform/kernel';
import { UnitOfWork } from '@platform/persistence';
import type { Settings } from '@platform/settings';
import { Body, Controller, Get, Inject, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import { ThrottlerGuard } from '@nestjs/throttler';
import { Cities, clearSession, FormPage, MaybeActor, type Page, page, renewCsrf, seeOther, type SeeOther, SETTINGS, setSession, type WebReply, type WebRequest } from '../http';
import { demoAccounts } from './demo-accounts';
import { MoveClockDto, SignInDto } from './session.dto';

/** A path of this site; anything else would let a link send people elsewhere after signing in. Visible ASCII only, as it becomes a header. */
const safeBack = (back: string | undefined): string | null => (back && /^\/(?![/\\])[\x21-\x7e]*$/.test(back) ? back : null);

@Controller()
export class SessionController {
  constructor(
    private readonly sessions: Sessions,
    private readonly cities: Cities,
    private readonly unitOfWork: UnitOfWork,
    private readonly permissions: PermissionRegistry,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  @Public()
  @Get('login')
  async form(@Query() query: { login?: string; city?: string; back?: string }): Promise<Page> {
    const cities = await this.cities.all();
    const city = cities.find(({ id }) => id === query.city) ?? cities[0];
    return page('pages/login', {
      title: 'common:login.title', cities, city, login: query.login, back: safeBack(query.back),
      ...(this.settings.demo && city ? await demoAccounts(this.unitOfWork, city.id) : {}),
    }, 'bare');
  }

  @Public()
  @UseGuards(ThrottlerGuard)
  @FormPage('/login')
  @Post('login')
  async signIn(@Body() dto: SignInDto, @Res({ passthrough: true }) reply: WebReply): Promise<SeeOther> {
    const signedIn = await this.sessions.signIn(dto.city, dto.login, dto.password).catch((error: unknown) => {
      // On the page a refusal is the form again, and not the way to itself.
      if (error instanceof DomainError && error.problem === 'unauthenticated') throw DomainError.invalid(error.key);
      throw error;
    });
    setSession(reply, signedIn, this.settings);
    renewCsrf(reply, this.settings);
    return seeOther(safeBack(dto.back) ?? `/welcome`);
  }

  /** Where one lands after signing in: staff and experts at their desk, everybody else in their city. */
  @Public()
  @Get('welcome')
  welcome(@MaybeActor() actor: Actor | null): SeeOther {
    if (!actor) return seeOther('/login');
    if (actor.tenantId) return seeOther('/console');
    return seeOther(this.permissions.allows(actor, 'funding.review') ? '/console/reviews' : `/${actor.cityId}`);
  }

  @Public()
  @Post('logout')
  async signOut(@MaybeActor() actor: Actor | null, @Req() request: WebRequest, @Res({ passthrough: true }) reply: WebReply): Promise<SeeOther> {
    if (actor && request.sessionId) await this.sessions.signOut(actor.cityId, request.sessionId);
    clearSession(reply, this.settings);
    return seeOther(actor ? `/${actor.cityId}` : '/');
  }

  /** Large text is remembered by the server, so that it works without JavaScript. */
  @Public()
  @Get('preferences')
  preferences(@Query() query: { large?: string; back?: string }, @Res({ passthrough: true }) reply: WebReply): SeeOther {
    const year = { path: '/', sameSite: 'lax' as const, maxAge: 365 * 86_400, secure: this.settings.secureCookies };
    if (query.large !== undefined) void reply.setCookie('pl_large', query.large === '1' ? '1' : '0', year);
    return seeOther(safeBack(query.back) ?? '/');
  }

  /** Demonstration only: lets thirty days of consultation pass in a moment. */
  @Public()
  @Post('demo/clock')
  moveClock(@Body() dto: MoveClockDto): SeeOther {
    if (!this.settings.demo) throw DomainError.notFound();
    const days = Number(dto.days);
    if (days < 1) throw DomainError.invalid('common:error.days');
    this.settings.demo.clock.forward(days);
    return seeOther(safeBack(dto.back) ?? '/', 'common:demoClock.moved');
  }
}
