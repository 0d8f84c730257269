import { LifeCycle } from '@core/policy';
import { DecideValidity, ProposeValidity, validityDesk } from '@domains/ledger';
import { Can } from '@platform/identity';
import { type Actor, chinaDate } from '@platform/kernel';
import { UnitOfWork } from '@platform/persistence';
import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { CurrentActor, FormPage, type Page, page, requireWithin, seeOther, type SeeOther } from '../http';
import { policyHeader } from '../policy/policy-header';
import { DecideValidityDto, ProposeValidityDto } from './validity.dto';

/** A later last day, or clauses that no longer hold: proposed by a drafter, decided by the head of the department. */
@Controller('console/policies/:id/validity')
export class ValidityConsole {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lifeCycle: LifeCycle,
    private readonly proposeValidity: ProposeValidity,
    private readonly decideValidity: DecideValidity,
  ) {}

  @Can('ledger.read')
  @Get()
  show(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const [header, desk] = [await policyHeader(tx, this.lifeCycle, id), await validityDesk(tx, id)];
      return page('ledger/validity', {
        title: header.title, header, ...desk, home: `/console/policies/${id}/validity`, today: chinaDate(tx.at),
        cases: desk.cases.map((one) => ({ ...one, names: (one.clauses ?? []).map(({ label }) => label).join('、') })),
        choices: desk.articles.map(({ identity, label }) => ({ value: identity, label })), kinds: ['extend', 'partial_repeal'],
      });
    });
  }

  @Can('ledger.propose_validity')
  @FormPage('/console/policies/:id/validity')
  @Post()
  async propose(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() dto: ProposeValidityDto): Promise<SeeOther> {
    await this.proposeValidity.run(actor, id, { kind: dto.kind, reason: dto.caseReason, newTo: dto.newTo || null, clauses: dto.clauses, effectOn: dto.effectOn || null });
    return seeOther(`/console/policies/${id}/validity`, 'ledger-log:flash.proposed');
  }

  @Can('ledger.decide_validity')
  @FormPage('/console/policies/:id/validity')
  @Post(':caseId/decide')
  async decide(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('caseId') caseId: string, @Body() dto: DecideValidityDto): Promise<SeeOther> {
    await requireWithin(this.unitOfWork, actor, 'validityCase', caseId, id);
    await this.decideValidity.run(actor, caseId, { decision: dto.decision, reason: dto.decisionReason, noticeText: dto.noticeText ?? '' });
    return seeOther(`/console/policies/${id}/validity`, dto.decision === 'approve' ? 'ledger-log:flash.approved' : 'ledger-log:flash.refused');
  }
}
