import {
  changedClauseChoices, circulationDesk, CloseCirculation, Coordinate, COORDINATION_OUTCOMES, HANDLINGS, HandleOpinion, listCirculations, OpenCirculation, openLevels, otherDepartments,
} from '@domains/drafting';
import { LifeCycle, policies, type PolicyState } from '@core/policy';
import { Can } from '@platform/identity';
import { type Actor, chinaDate, DomainError } from '@platform/kernel';
import { UnitOfWork } from '@platform/persistence';
import { Body, Controller, Get, Inject, Param, Post } from '@nestjs/common';
import { csv, CurrentActor, file, type FileAnswer, FormPage, Language, type Page, page, type SeeOther, seeOther, VIEWS } from '../http';
import { policyHeader } from '../policy/policy-header';
import type { Lang, ViewEngine } from '../view';
import { circulationRows, TABLE_COLUMNS } from './circulation-table';
import { circulationView, opinionView } from './circulation-view';
import { CoordinationDto, HandleDto, OpenCirculationDto } from './circulation.dto';

const HEARING: ReadonlySet<PolicyState> = new Set(['drafting', 'consulting', 'reviewing', 'deliberating']);
const pageOf = (policyId: string): string => `/console/policies/${policyId}/circulation`;

/** 征求部门意见 as the drafting department works on it: who was asked, what they said, how it was dealt with. */
@Controller('console/policies/:id/circulation')
export class CirculationConsole {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lifeCycle: LifeCycle,
    private readonly openCirculation: OpenCirculation,
    private readonly closeCirculation: CloseCirculation,
    private readonly handleOpinion: HandleOpinion,
    private readonly coordinate: Coordinate,
    @Inject(VIEWS) private readonly views: ViewEngine,
  ) {}

  @Can('drafting.read')
  @Get()
  show(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const header = await policyHeader(tx, this.lifeCycle, id);
      const policy = await policies.require(tx, id);
      const entries = await listCirculations(tx, id);
      const desk = await circulationDesk(tx, policy, entries.some(({ state }) => state === 'open'));
      const reading = { actor, today: chinaDate(tx.at), latestVersionId: desk.latestVersionId, hearing: HEARING.has(policy.state), own: header.own };
      return page('circulation/show', {
        title: header.title, header, desk, base: pageOf(id), circulations: entries.map((entry) => circulationView(entry, reading)), departments: desk.mayOpen ? await otherDepartments(tx) : [],
        // Another department reads and answers on its own page.
        inboxHref: !header.own && actor.scope !== 'city' ? '/console/circulations' : null,
      });
    });
  }

  @Can('drafting.write')
  @FormPage('/console/policies/:id/circulation')
  @Post()
  async open(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() dto: OpenCirculationDto): Promise<SeeOther> {
    await this.openCirculation.run(actor, id, dto);
    return seeOther(pageOf(id), 'circulation:flash.opened');
  }

  @Can('drafting.write')
  @FormPage('/console/policies/:id/circulation')
  @Post('closure')
  async close(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<SeeOther> {
    await this.closeCirculation.run(actor, id);
    return seeOther(pageOf(id), 'circulation:flash.closed');
  }

  /** 会签意见采纳情况表, to print. */
  @Can('drafting.read')
  @Get('table')
  table(@CurrentActor() actor: Actor, @Param('id') id: string, @Language() lang: Lang): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const header = await policyHeader(tx, this.lifeCycle, id);
      const rows = circulationRows(await listCirculations(tx, id), chinaDate(tx.at), (key, params) => this.views.translate(lang, key, params));
      return page('circulation/table', { title: 'circulation:table.title', header, rows, columns: TABLE_COLUMNS, base: pageOf(id), today: chinaDate(tx.at) });
    });
  }

  @Can('drafting.read')
  @Get('table.csv')
  tableCsv(@CurrentActor() actor: Actor, @Param('id') id: string, @Language() lang: Lang): Promise<FileAnswer> {
    const t = (key: string, params?: Record<string, unknown>): string => this.views.translate(lang, key, params);
    return this.unitOfWork.run(actor, async (tx) => {
      const { title } = await policies.require(tx, id);
      const rows = circulationRows(await listCirculations(tx, id), chinaDate(tx.at), t);
      return file(csv([TABLE_COLUMNS.map((column) => t(`circulation:column.${column}`)), ...rows]), { type: 'text/csv; charset=utf-8', name: `${t('circulation:table.title')}（${title}）.csv` });
    });
  }

  @Can('drafting.read')
  @Get('opinions/:opinionId')
  opinion(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('opinionId') opinionId: string): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const header = await policyHeader(tx, this.lifeCycle, id);
      const found = (await listCirculations(tx, id)).flatMap((entry) => entry.departments.flatMap(({ department, reply }) => (reply?.opinions ?? []).map((opinion) => ({ entry, department, opinion }))))
        .find(({ opinion }) => opinion.id === opinionId);
      if (!found) throw DomainError.notFound();
      const { entry, department, opinion } = found;
      const { latestVersionId } = await circulationDesk(tx, await policies.require(tx, id), entry.state === 'open');
      return page('circulation/opinion', {
        title: header.title, header, base: pageOf(id), department, dispositions: HANDLINGS, clauses: await changedClauseChoices(tx, id),
        mayHandle: header.own && actor.roles.includes('drafter') && HEARING.has(header.state),
        opinion: opinionView(opinion, { versionId: entry.versionId, latestVersionId, base: `/console/policies/${id}`, mayHandle: false }),
      });
    });
  }

  @Can('drafting.write')
  @FormPage('/console/policies/:id/circulation/opinions/:opinionId')
  @Post('opinions/:opinionId')
  async handle(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('opinionId') opinionId: string, @Body() dto: HandleDto): Promise<SeeOther> {
    await this.handleOpinion.run(actor, id, opinionId, dto);
    return seeOther(pageOf(id), 'circulation:flash.handled');
  }

  @Can('drafting.read')
  @Get('replies/:replyId')
  reply(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('replyId') replyId: string): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const header = await policyHeader(tx, this.lifeCycle, id);
      const found = (await listCirculations(tx, id)).flatMap(({ departments }) => departments).find(({ reply }) => reply?.id === replyId && reply.signedAt);
      if (!found?.reply) throw DomainError.notFound();
      const oversees = actor.scope === 'city' && actor.roles.includes('overseer');
      return page('circulation/coordination', {
        title: header.title, header, base: pageOf(id), department: found.department, reply: found.reply, today: chinaDate(tx.at), levels: openLevels(found.reply.coordination),
        mayRecord: HEARING.has(header.state) && (oversees || (header.own && actor.roles.includes('drafter'))),
        outcomes: oversees ? COORDINATION_OUTCOMES : COORDINATION_OUTCOMES.filter((outcome) => outcome !== 'decided'), outcomeHelp: `circulation:outcomeHelp.${oversees ? 'overseer' : 'drafter'}`,
      });
    });
  }

  @Can('drafting.coordinate')
  @FormPage('/console/policies/:id/circulation/replies/:replyId')
  @Post('replies/:replyId')
  async recordCoordination(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('replyId') replyId: string, @Body() dto: CoordinationDto): Promise<SeeOther> {
    await this.coordinate.record(actor, id, replyId, dto);
    return seeOther(pageOf(id), 'circulation:flash.coordinated');
  }
}
