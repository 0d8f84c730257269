import { EvaluationSources } from '@core/policy';
import {
  AdaptIndicators, Assessors, assessorChoices, CAMPAIGN_SIDES, campaignDesk, campaignProposals, EVALUATOR_ARTICLE, INDICATOR_LIBRARY, libraryName, listCampaigns, MANY_VOICES, MAX_INDICATORS, OpenCampaign, policyChoices,
  RunCampaign, SCALES, TRIGGERS,
} from '@domains/evaluation';
import { Can } from '@platform/identity';
import type { Actor } from '@platform/kernel';
import { UnitOfWork } from '@platform/persistence';
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { CurrentActor, FormPage, type Page, page, type SeeOther, seeOther } from '../http';
import { AssessorSearchDto, AssignAssessorDto, CampaignListDto, CancelDto, IndicatorsDto, NewCampaignDto, OpenCampaignDto, StartDto } from './appraisal.dto';
import { byRow, indicatorRows, indicatorsInput } from './inputs';

const HOME = '/console/evaluation-campaigns';
const TONES = { preparing: 'neutral', scoring: 'info', reporting: 'warning', finished: 'success', cancelled: 'neutral' } as const;
/** Empty rows under the indicators that are there. */
const SPARE_ROWS = 2;

/** Campaigns of evaluation: what the system proposes, and each from its opening to its reports. */
@Controller('console')
export class CampaignsConsole {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sources: EvaluationSources,
    private readonly openCampaign: OpenCampaign,
    private readonly adaptIndicators: AdaptIndicators,
    private readonly assessors: Assessors,
    private readonly runCampaign: RunCampaign,
  ) {}

  @Can('evaluation.read')
  @Get('evaluation-campaigns')
  list(@CurrentActor() actor: Actor, @Query() filter: CampaignListDto): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const { items, next } = await listCampaigns(tx, filter.after);
      const proposals = filter.after ? [] : await campaignProposals(tx, this.sources);
      const mayOpen = actor.roles.includes('evaluator');
      return page('appraisal/list', {
        title: 'appraisal:list.title', next: next && `?after=${encodeURIComponent(next)}`, mayOpen, manyVoices: MANY_VOICES, first: !filter.after,
        items: items.map((item) => ({ ...item, href: `${HOME}/${item.id}`, tone: TONES[item.state] })),
        proposals: proposals.map((one) => ({ ...one, href: `/console/policies/${one.policyId}/evaluation`, openHref: mayOpen && `${HOME}/new?policy=${one.policyId}&trigger=${one.trigger}` })),
      });
    });
  }

  @Can('evaluation.write')
  @Get('evaluation-campaigns/new')
  form(@CurrentActor() actor: Actor, @Query() wanted: NewCampaignDto): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => page('appraisal/open', {
      title: 'appraisal:open.title', triggers: TRIGGERS, trigger: TRIGGERS.find((one) => one === wanted.trigger) ?? 'decision', article: EVALUATOR_ARTICLE,
      policies: (await policyChoices(tx)).map((policy) => ({ ...policy, chosen: policy.id === wanted.policy })), home: HOME,
      library: INDICATOR_LIBRARY.map((set) => ({ ...set, name: libraryName(set) })),
    }));
  }

  @Can('evaluation.write')
  @FormPage('/console/evaluation-campaigns/new')
  @Post('evaluation-campaigns')
  async open(@CurrentActor() actor: Actor, @Body() dto: OpenCampaignDto): Promise<SeeOther> {
    return seeOther(`${HOME}/${await this.openCampaign.run(actor, dto)}`, 'appraisal:flash.opened');
  }

  @Can('evaluation.read')
  @Get('evaluation-campaigns/:id')
  show(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const { campaign, state, ...desk } = await campaignDesk(tx, id);
      const home = `${HOME}/${campaign.id}`;
      return page('appraisal/campaign', {
        title: campaign.title, campaign, state, tone: TONES[state], libraryEdition: campaign.library.split('@')[1], ...desk, home, article: EVALUATOR_ARTICLE,
        policies: desk.policies.map((policy) => ({ ...policy, href: `/console/policies/${policy.id}`, reportHref: policy.reportId && `/console/evaluation-reports/${policy.reportId}` })),
        sides: CAMPAIGN_SIDES.filter((side) => campaign.sideWeights[side] > 0).map((side) => ({ side, weight: campaign.sideWeights[side], people: desk.assessors.filter((one) => one.side === side) })),
        expected: desk.policies.length, handedIn: desk.assessors.reduce((sum, one) => sum + one.handedIn, 0), owed: desk.assessors.length * desk.policies.length,
        mayPrepare: desk.mayLead && state === 'preparing', mayAssign: desk.mayLead && (state === 'preparing' || state === 'scoring'), mayClose: desk.mayLead && state === 'scoring',
        showsReports: state === 'reporting' || state === 'finished',
      });
    });
  }

  @Can('evaluation.write')
  @Get('evaluation-campaigns/:id/indicators')
  indicators(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const { campaign, mayLead } = await campaignDesk(tx, id);
      const spare = Math.min(SPARE_ROWS, MAX_INDICATORS - campaign.indicators.length);
      return page('appraisal/indicators', {
        title: 'appraisal:indicators.title', campaign, home: `${HOME}/${campaign.id}`, editable: mayLead && campaign.state === 'preparing', scales: SCALES.map((scale) => ({ value: String(scale), label: String(scale) })),
        rows: [...campaign.indicators, ...Array.from({ length: spare }, () => ({ key: '', name: '', question: '', weight: '', max: 10, sides: [] as string[] }))].map((row) => ({
          ...row, max: String(row.max), boxes: CAMPAIGN_SIDES.map((side) => ({ side, ticked: (row.sides as readonly string[]).includes(side) })),
        })),
        sides: CAMPAIGN_SIDES.map((side) => ({ side, field: `side_${side}`, weight: campaign.sideWeights[side] })),
        source: INDICATOR_LIBRARY.find((set) => libraryName(set) === campaign.library)?.source ?? null,
      });
    });
  }

  @Can('evaluation.write')
  @FormPage('/console/evaluation-campaigns/:id/indicators')
  @Post('evaluation-campaigns/:id/indicators')
  async adapt(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() dto: IndicatorsDto): Promise<SeeOther> {
    const rows = indicatorRows(dto);
    await byRow(rows, () => this.adaptIndicators.run(actor, id, indicatorsInput(dto, rows)));
    return seeOther(`${HOME}/${id}`, 'appraisal:flash.adapted');
  }

  @Can('evaluation.write')
  @Get('evaluation-campaigns/:id/assessors')
  choose(@CurrentActor() actor: Actor, @Param('id') id: string, @Query() { q = '' }: AssessorSearchDto): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const { campaign } = await campaignDesk(tx, id);
      return page('appraisal/assessors', {
        title: 'appraisal:assessors.title', campaign, home: `${HOME}/${campaign.id}`, q, article: EVALUATOR_ARTICLE, sides: CAMPAIGN_SIDES.filter((side) => campaign.sideWeights[side] > 0),
        people: (await assessorChoices(tx, q)).map((one) => ({ value: one.id, ...one })),
      });
    });
  }

  @Can('evaluation.write')
  @FormPage('/console/evaluation-campaigns/:id/assessors')
  @Post('evaluation-campaigns/:id/assessors')
  async assign(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() dto: AssignAssessorDto): Promise<SeeOther> {
    await this.assessors.assign(actor, id, dto.side, dto.accountId);
    return seeOther(`${HOME}/${id}`, 'appraisal:flash.assigned');
  }

  @Can('evaluation.write')
  @FormPage('/console/evaluation-campaigns/:id')
  @Post('evaluation-campaigns/:id/assessors/:assessorId/remove')
  async remove(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('assessorId') assessorId: string): Promise<SeeOther> {
    await this.assessors.remove(actor, id, assessorId);
    return seeOther(`${HOME}/${id}`, 'appraisal:flash.removed');
  }

  @Can('evaluation.write')
  @FormPage('/console/evaluation-campaigns/:id')
  @Post('evaluation-campaigns/:id/start')
  async start(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() dto: StartDto): Promise<SeeOther> {
    await this.runCampaign.start(actor, id, dto.closesOn);
    return seeOther(`${HOME}/${id}`, 'appraisal:flash.started');
  }

  @Can('evaluation.write')
  @FormPage('/console/evaluation-campaigns/:id')
  @Post('evaluation-campaigns/:id/close')
  async close(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<SeeOther> {
    await this.runCampaign.close(actor, id);
    return seeOther(`${HOME}/${id}`, 'appraisal:flash.closed');
  }

  @Can('evaluation.write')
  @FormPage('/console/evaluation-campaigns/:id')
  @Post('evaluation-campaigns/:id/cancel')
  async cancel(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() dto: CancelDto): Promise<SeeOther> {
    await this.runCampaign.cancel(actor, id, dto.cancelReason);
    return seeOther(`${HOME}/${id}`, 'appraisal:flash.cancelled');
  }
}
