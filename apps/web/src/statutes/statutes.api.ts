import { ConfirmOverride, ConfirmParameter, listOverrides, type OverrideEntry, SetOverride } from '@core/statutes';
import { Can, Public } from '@platform/identity';
import { type Actor, chinaDate, type Clock, type IsoDate } from '@platform/kernel';
import { CLOCK, PublicReader, UnitOfWork } from '@platform/persistence';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { CityCode, CurrentActor, Language, VIEWS } from '../http';
import type { Lang, ViewEngine } from '../view';
import { calculate, type Calculation } from './calculation';
import { listStatutes, type Statute } from './statutes-list';
import { ConfirmParameterDto, DeadlineDto, OverrideDto, StatutesDto } from './statutes.dto';

@ApiTags('statutes')
@Controller('api/v1/cities/:city')
export class StatutesApi {
  constructor(
    private readonly reader: PublicReader,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(VIEWS) private readonly views: ViewEngine,
  ) {}

  /** Every statutory parameter as it holds on the day `on` (today by default), with what the city set and confirmed. */
  @Public()
  @Get('statutes')
  async list(@CityCode() cityId: string, @Query() asked: StatutesDto, @Language() lang: Lang): Promise<{ on: IsoDate; items: Statute[] }> {
    const on = asked.on || chinaDate(this.clock.now());
    return { on, items: await listStatutes(this.reader, this.views, lang, cityId, on, asked) };
  }

  /** The last day of a period: by a rule (`param`, or one figure of it as `param:figure`) or by `days` and `unit`. A year without a holiday notice is refused. Thirty calendar days where neither is asked. */
  @Public()
  @Get('deadline')
  count(@CityCode() cityId: string, @Query() asked: DeadlineDto): Promise<Calculation> {
    return calculate(this.reader, cityId, { ...asked, days: asked.days || (asked.param ? undefined : '30'), from: asked.from || chinaDate(this.clock.now()) });
  }
}

/** What a city and its departments set otherwise, and the second person's confirmation. */
@ApiTags('statutes')
@ApiBearerAuth()
@Controller('api/v1/statutes')
export class StatutesDeskApi {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly setOverride: SetOverride,
    private readonly confirmOverride: ConfirmOverride,
    private readonly confirmParameter: ConfirmParameter,
  ) {}

  @Can('statutes.read')
  @Get('overrides')
  async overrides(@CurrentActor() actor: Actor): Promise<{ items: OverrideEntry[] }> {
    return { items: await this.unitOfWork.run(actor, (tx) => listOverrides(tx)) };
  }

  @Can('statutes.override')
  @Post('overrides')
  set(@CurrentActor() actor: Actor, @Body() { wholeCity = false, to, ...terms }: OverrideDto): Promise<{ id: string }> {
    return this.setOverride.run(actor, { ...terms, to: to || null, wholeCity });
  }

  @Can('statutes.confirm')
  @HttpCode(204)
  @Post('overrides/:id/confirmation')
  confirm(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<void> {
    return this.confirmOverride.run(actor, id);
  }

  /** The text of a rule that was cited from memory has been read: where. */
  @Can('statutes.confirm')
  @HttpCode(204)
  @Post('confirmations')
  confirmRule(@CurrentActor() actor: Actor, @Body() { paramId, versionFrom, textSource }: ConfirmParameterDto): Promise<void> {
    return this.confirmParameter.run(actor, paramId, versionFrom, textSource);
  }
}
