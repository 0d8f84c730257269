import { FileAppeal } from '@domains/consultation';
import { Can, Public } from '@platform/identity';
import { type Actor, DomainError } from '@platform/kernel';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CityCode, CurrentActor, FormPage, seeOther, type SeeOther } from '../http';
import { AppealDto } from './opinion-desk.dto';

/** Asking for another look at a hidden opinion: for whoever holds its receipt code, and for who put it in while signed in. */
@Controller(':city')
export class AppealPortal {
  constructor(private readonly fileAppeal: FileAppeal) {}

  @Public()
  @FormPage('/:city/receipts/:code')
  @Post('receipts/:code/appeal')
  async byReceipt(@CityCode() cityId: string, @Param('code') code: string, @Body() { reasons }: AppealDto): Promise<SeeOther> {
    await this.fileAppeal.byReceipt(cityId, code, reasons);
    return seeOther(`/${cityId}/receipts/${encodeURIComponent(code)}`, 'opinion-desk:flash.appealed');
  }

  @Can('consultation.appeal_own')
  @FormPage('/:city/consultations/:id')
  @Post('consultations/:id/opinions/:opinion/appeal')
  async byAuthor(@CityCode() cityId: string, @CurrentActor() actor: Actor, @Param('id') id: string, @Param('opinion') opinion: string, @Body() { reasons }: AppealDto): Promise<SeeOther> {
    if (actor.cityId !== cityId) throw DomainError.notFound();
    await this.fileAppeal.byAuthor(actor, id, opinion, reasons);
    return seeOther(`/${cityId}/consultations/${id}#mine`, 'opinion-desk:flash.appealed');
  }
}

@ApiTags('consultations')
@Controller('api/v1')
export class AppealApi {
  constructor(private readonly fileAppeal: FileAppeal) {}

  /** Appeals, once, against the hiding of the opinion whose receipt code this is; 409 where it is not hidden or has been appealed against. */
  @Public()
  @Post('cities/:city/receipts/:code/appeal')
  appeal(@CityCode() cityId: string, @Param('code') code: string, @Body() { reasons }: AppealDto): Promise<{ appealId: string }> {
    return this.fileAppeal.byReceipt(cityId, code, reasons);
  }
}
