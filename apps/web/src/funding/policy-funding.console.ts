import { CreateCall, CreateProgramme, listCalls, parseConditions, parseCriteria, readPolicyFunding } from '@domains/funding';
import { LifeCycle } from '@core/policy';
import { Can } from '@platform/identity';
import { type Actor, DomainError } from '@platform/kernel';
import { UnitOfWork } from '@platform/persistence';
import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { CurrentActor, FormPage, type Page, page, requireWithin, type SeeOther, seeOther } from '../http';
import { policyHeader } from '../policy/policy-header';
import { CallDto, fenOf, instantOf, ProgrammeDto } from './funding.dto';
import { CALL_TONES } from './funding.view';

/** The money under one policy: programmes, and calls under them. */
@Controller('console/policies/:id/funding')
export class PolicyFundingConsole {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lifeCycle: LifeCycle,
    private readonly createProgramme: CreateProgramme,
    private readonly createCall: CreateCall,
  ) {}

  @Can('funding.read')
  @Get()
  show(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const header = await policyHeader(tx, this.lifeCycle, id);
      const { programmes, clauses } = await readPolicyFunding(tx, id);
      const calls = await listCalls(tx, id);
      return page('funding/policy', {
        title: header.title, header, programmes, clauses: clauses.map(({ identity, label }) => ({ value: identity, label })),
        calls: calls.map((call) => ({ ...call, tone: CALL_TONES[call.state], href: `/console/calls/${call.id}` })),
        mayManage: header.own && header.state === 'published' && actor.roles.includes('fund_manager'),
      });
    });
  }

  @Can('funding.manage')
  @FormPage('/console/policies/:id/funding')
  @Post('programmes')
  async programme(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() dto: ProgrammeDto): Promise<SeeOther> {
    await this.createProgramme.run(actor, id, dto);
    return seeOther(`/console/policies/${id}/funding`, 'funding:flash.programmeCreated');
  }

  @Can('funding.manage')
  @Get('programmes/:programmeId/call')
  callForm(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('programmeId') programmeId: string): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const header = await policyHeader(tx, this.lifeCycle, id);
      const { programmes, clauses } = await readPolicyFunding(tx, id);
      const programme = programmes.find((candidate) => candidate.id === programmeId);
      // Anybody may read of a programme; a call under it is its own department's.
      if (!programme || !header.own) throw DomainError.notFound();
      return page('funding/call-form', { title: 'funding:callForm.title', header, programme, clauses });
    });
  }

  @Can('funding.manage')
  @FormPage('/console/policies/:id/funding/programmes/:programmeId/call')
  @Post('programmes/:programmeId/call')
  async call(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('programmeId') programmeId: string, @Body() dto: CallDto): Promise<SeeOther> {
    await requireWithin(this.unitOfWork, actor, 'programme', programmeId, id);
    const conditions = parseConditions(dto.conditions);
    if ('badLine' in conditions) throw DomainError.invalid('common:error.validation', [{ field: 'conditions', key: 'funding:error.conditionLine', params: { line: conditions.badLine } }]);
    const criteria = parseCriteria(dto.criteria);
    if (!criteria) throw DomainError.invalid('common:error.validation', [{ field: 'criteria', key: 'funding:error.criteriaFit' }]);
    const made = await this.createCall.run(actor, programmeId, {
      title: dto.title, guide: dto.guide, budgetFen: fenOf(dto.budgetYuan), perAwardMaxFen: fenOf(dto.perAwardMaxYuan), opensAt: instantOf(dto.opensAt, 'opensAt'),
      closesAt: instantOf(dto.closesAt, 'closesAt'), answerBy: dto.answerBy, conditions: conditions.conditions, criteria, expertField: dto.expertField ?? null,
      expertsNeeded: dto.expertsNeeded, divergenceThreshold: dto.divergenceThreshold, noticeWorkingDays: dto.noticeWorkingDays,
    });
    return seeOther(`/console/calls/${made.id}`, 'funding:flash.callCreated');
  }
}
