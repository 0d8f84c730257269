import {
  type Confirmation, ConfirmOverride, ConfirmParameter, LEEWAY, listConfirmations, listOverrides, mayBlock, type Parameter, PARAMETERS, SetOverride,
} from '@core/statutes';
import { Can, PermissionRegistry } from '@platform/identity';
import { type Actor, chinaDate, type IsoDate } from '@platform/kernel';
import { UnitOfWork } from '@platform/persistence';
import { Body, Controller, Get, Inject, Param, Post } from '@nestjs/common';
import { CurrentActor, FormPage, Language, type Page, page, seeOther, type SeeOther, VIEWS } from '../http';
import type { Lang, ViewEngine } from '../view';
import { measureOf } from './measures';
import { nameKey, slugOf } from './statute-names';
import { ConfirmParameterDto, OverrideFormDto } from './statutes.dto';
import { overrideView } from './statutes.portal';

const HOME = '/console/statutes';

/** What the city and its departments set where the law leaves room, and what was cited from memory: one person asks, another confirms. */
@Controller('console/statutes')
export class StatutesConsole {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly permissions: PermissionRegistry,
    private readonly setOverride: SetOverride,
    private readonly confirmOverride: ConfirmOverride,
    private readonly confirmParameter: ConfirmParameter,
    @Inject(VIEWS) private readonly views: ViewEngine,
  ) {}

  @Can('statutes.read')
  @Get()
  show(@CurrentActor() actor: Actor, @Language() lang: Lang): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const today = chinaDate(tx.at);
      const may = (action: string): boolean => this.permissions.allows(actor, action);
      const overrides = (await listOverrides(tx)).map((one) => ({
        ...overrideView(one, today), nameKey: nameKey(one.paramId), own: one.setById === actor.accountId, mayConfirm: may('statutes.confirm') && one.setById !== actor.accountId,
      }));
      return page('statutes/desk', {
        title: 'statutes:desk.title', home: HOME, today, mayConfirm: may('statutes.confirm'), maySet: may('statutes.override') && actor.tenantId !== null,
        waiting: overrides.filter(({ confirmedAt }) => confirmedAt === null), made: overrides.filter(({ confirmedAt }) => confirmedAt !== null),
        figures: this.figures(lang, today), unread: unread(await listConfirmations(tx), today),
      });
    });
  }

  /** The figures that the law lets somebody set otherwise, with their bounds. */
  private figures(lang: Lang, today: IsoDate): { value: string; label: string }[] {
    const t = (key: string, params?: Record<string, unknown>): string => this.views.translate(lang, key, params);
    return LEEWAY.map(({ id, field, lowest, highest }) => ({
      value: `${id}:${field}`,
      label: t('statutes:desk.option', { name: t(nameKey(id)), figure: t(`statutes:figure.${field}`), lowest, highest, measure: t(`statutes:desk.measures.${measureOf(id, field, today)}`) }),
    }));
  }

  @Can('statutes.override')
  @FormPage(HOME)
  @Post('overrides')
  async set(@CurrentActor() actor: Actor, @Body() { figure, wholeCity, to, ...terms }: OverrideFormDto): Promise<SeeOther> {
    const [paramId = '', field = ''] = figure.split(':');
    await this.setOverride.run(actor, { ...terms, paramId, field, to: to || null, wholeCity: wholeCity === 'on' });
    return seeOther(HOME, 'statutes:flash.set');
  }

  @Can('statutes.confirm')
  @FormPage(HOME)
  @Post('overrides/:id/confirm')
  async confirm(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<SeeOther> {
    await this.confirmOverride.run(actor, id);
    return seeOther(HOME, 'statutes:flash.confirmed');
  }

  @Can('statutes.confirm')
  @FormPage(HOME)
  @Post('confirmations')
  async confirmRule(@CurrentActor() actor: Actor, @Body() { paramId, versionFrom, textSource }: ConfirmParameterDto): Promise<SeeOther> {
    await this.confirmParameter.run(actor, paramId, versionFrom, textSource);
    return seeOther(HOME, 'statutes:flash.parameterConfirmed');
  }
}

/** The rules in force that were cited from memory and that nobody in the city confirmed. */
const unread = (confirmations: readonly Pick<Confirmation, 'paramId' | 'versionFrom'>[], today: IsoDate) =>
  PARAMETERS.filter((rule: Parameter) => !mayBlock(rule) && rule.from <= today && (rule.to === null || today <= rule.to))
    .filter((rule) => !confirmations.some((one) => one.paramId === rule.id && one.versionFrom === rule.from))
    .map((rule: Parameter) => ({ id: rule.id, from: rule.from, source: rule.source, slug: slugOf(rule.id), nameKey: nameKey(rule.id), values: typeof rule.value === 'object' ? rule.value : {} }));
