import { WithdrawOpinion } from '@domains/consultation';
import { Can, Public } from '@platform/identity';
import { type Actor, DomainError } from '@platform/kernel';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { CityCode, CurrentActor, FormPage, seeOther, type SeeOther } from '../http';
import { WithdrawDto, WithdrawOwnDto } from './withdrawal.dto';

/** Taking an opinion back: for whoever holds its receipt code, and for who put it in while signed in. */
@Controller(':city')
export class WithdrawalPortal {
  constructor(private readonly withdrawOpinion: WithdrawOpinion) {}

  @Public()
  @FormPage('/:city/receipts/:code')
  @Post('receipts/:code/withdraw')
  async byReceipt(@CityCode() cityId: string, @Param('code') code: string, @Body() _confirmed: WithdrawDto): Promise<SeeOther> {
    await this.withdrawOpinion.byReceipt(cityId, code);
    return seeOther(`/${cityId}/receipts/${encodeURIComponent(code)}`, 'intake:flash.withdrawn');
  }

  @Can('consultation.withdraw_own')
  @FormPage('/:city/consultations/:id')
  @Post('consultations/:id/opinions/:opinion/withdraw')
  async byAuthor(@CityCode() cityId: string, @CurrentActor() actor: Actor, @Param('id') id: string, @Param('opinion') opinion: string, @Body() { confirm }: WithdrawOwnDto): Promise<SeeOther> {
    if (actor.cityId !== cityId) throw DomainError.notFound();
    if (confirm !== 'on') throw DomainError.invalid('intake:error.confirm', [{ field: `confirm-${opinion}`, key: 'intake:error.confirm' }]);
    await this.withdrawOpinion.byAuthor(actor, id, opinion);
    return seeOther(`/${cityId}/consultations/${id}#mine`, 'intake:flash.withdrawn');
  }
}
