import {
  ApprovePolicy, CreatePolicy, DecidePlanItem, type DocketEntry, InviteDepartment, listDockets, listPlan, listPolicies, nextSteps, type NextStep, type PlanEntry,
  type PolicyEntry, type PolicyText, ProposePlanItem, readPolicyText, RevisePolicy, SaveDraft, type SavedDraft, SignDocket, StartDrafting,
  SubmitForDeliberation, SubmitForReview, SubmitVersion, WithdrawPolicy,
} from '@domains/drafting';
import { LifeCycle, policies, type PolicyRow, type Published, PublishPolicy } from '@core/policy';
import { Can } from '@platform/identity';
import type { Actor } from '@platform/kernel';
import { UnitOfWork } from '@platform/persistence';
import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { CurrentActor } from '../http';
import {
  ApproveDto, CreatePolicyDto, newPolicyOf, DecidePlanItemDto, InviteDepartmentDto, PlanListDto, PolicyListDto, ProposePlanItemDto, PublishDto, ReviseDto, SaveDraftDto,
  ShowPolicyDto, SubmitVersionDto, WithdrawDto,
} from './drafting.dto';
import { SignDocketDto, signatureOf } from './procedure.dto';

interface PolicyAnswer {
  policy: PolicyRow;
  text: PolicyText;
  nextSteps: NextStep[];
}

/** The plan of one's own department; `after` takes the `next` of the page before. */
@ApiTags('drafting')
@ApiBearerAuth()
@Controller('api/v1/plan-items')
export class PlanApi {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly propose: ProposePlanItem,
    private readonly decide: DecidePlanItem,
  ) {}

  @Can('drafting.read_plan')
  @Get()
  list(@CurrentActor() actor: Actor, @Query() filter: PlanListDto): Promise<{ items: PlanEntry[]; next: string | null }> {
    return this.unitOfWork.run(actor, (tx) => listPlan(tx, filter));
  }

  @Can('drafting.propose')
  @Post()
  add(@CurrentActor() actor: Actor, @Body() dto: ProposePlanItemDto): Promise<{ id: string }> {
    return this.propose.run(actor, dto);
  }

  @Can('drafting.decide_plan')
  @HttpCode(204)
  @Post(':id/decision')
  settle(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() dto: DecidePlanItemDto): Promise<void> {
    return this.decide.run(actor, id, dto);
  }
}

/** The policies of one's own department and those it takes part in, and every step of their drafting. */
@ApiTags('drafting')
@ApiBearerAuth()
@Controller('api/v1/policies')
export class DraftingApi {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lifeCycle: LifeCycle,
    private readonly createPolicy: CreatePolicy,
    private readonly startDrafting: StartDrafting,
    private readonly saveDraft: SaveDraft,
    private readonly submitVersion: SubmitVersion,
    private readonly revisePolicy: RevisePolicy,
    private readonly withdrawPolicy: WithdrawPolicy,
  ) {}

  @Can('drafting.read')
  @Get()
  list(@CurrentActor() actor: Actor, @Query() filter: PolicyListDto): Promise<{ items: PolicyEntry[]; next: string | null }> {
    return this.unitOfWork.run(actor, (tx) => listPolicies(tx, filter));
  }

  @Can('drafting.write')
  @Post()
  create(@CurrentActor() actor: Actor, @Body() dto: CreatePolicyDto): Promise<{ id: string }> {
    return this.createPolicy.run(actor, dto.planItemId, newPolicyOf(dto));
  }

  @Can('drafting.read')
  @Get(':id')
  show(@CurrentActor() actor: Actor, @Param('id') id: string, @Query() query: ShowPolicyDto): Promise<PolicyAnswer> {
    return this.unitOfWork.run(actor, async (tx) => {
      const policy = await policies.require(tx, id);
      return { policy, text: await readPolicyText(tx, id, query.version), nextSteps: await nextSteps(tx, this.lifeCycle, policy) };
    });
  }

  @Can('drafting.write')
  @HttpCode(204)
  @Post(':id/start')
  start(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<void> {
    return this.startDrafting.run(actor, id);
  }

  /** Multipart with a DOCX in `file`, or the text itself. 409 when somebody saved in between. */
  @Can('drafting.write')
  @Put(':id/draft')
  save(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() { action: _page, ...draft }: SaveDraftDto): Promise<SavedDraft> {
    return this.saveDraft.run(actor, id, draft);
  }

  @Can('drafting.write')
  @Post(':id/versions')
  submit(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() dto: SubmitVersionDto): Promise<{ versionId: string; textHash: string }> {
    return this.submitVersion.run(actor, id, dto.seen);
  }

  @Can('drafting.write')
  @Post(':id/revision')
  revise(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() dto: ReviseDto): Promise<{ versionId: string }> {
    return this.revisePolicy.run(actor, id, dto.reviseReason);
  }

  @Can('drafting.withdraw')
  @HttpCode(204)
  @Post(':id/withdrawal')
  withdraw(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() dto: WithdrawDto): Promise<void> {
    return this.withdrawPolicy.run(actor, id, dto.withdrawReason);
  }
}

/** From review to publication. */
@ApiTags('drafting')
@ApiBearerAuth()
@Controller('api/v1/policies/:id')
export class ProcedureApi {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly submitForReview: SubmitForReview,
    private readonly submitForDeliberation: SubmitForDeliberation,
    private readonly signDocket: SignDocket,
    private readonly inviteDepartment: InviteDepartment,
    private readonly approvePolicy: ApprovePolicy,
    private readonly publishPolicy: PublishPolicy,
  ) {}

  @Can('drafting.read')
  @Get('dockets')
  dockets(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<DocketEntry[]> {
    return this.unitOfWork.run(actor, (tx) => listDockets(tx, id));
  }

  @Can('drafting.write')
  @HttpCode(204)
  @Post('review')
  review(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<void> {
    return this.submitForReview.run(actor, id);
  }

  @Can('drafting.write')
  @HttpCode(204)
  @Post('deliberation')
  deliberate(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<void> {
    return this.submitForDeliberation.run(actor, id);
  }

  @Can('drafting.review')
  @HttpCode(204)
  @Post('dockets/:docketId')
  sign(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('docketId') docketId: string, @Body() dto: SignDocketDto): Promise<void> {
    return this.signDocket.run(actor, id, docketId, signatureOf(dto));
  }

  @Can('drafting.write')
  @HttpCode(204)
  @Post('participants')
  invite(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() dto: InviteDepartmentDto): Promise<void> {
    return this.inviteDepartment.run(actor, id, dto);
  }

  @Can('drafting.approve')
  @HttpCode(204)
  @Post('approval')
  approve(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() dto: ApproveDto): Promise<void> {
    return this.approvePolicy.run(actor, id, dto.statement);
  }

  @Can('drafting.publish')
  @HttpCode(200)
  @Post('publication')
  publish(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() dto: PublishDto): Promise<Published> {
    return this.publishPolicy.run(actor, id, dto);
  }
}
