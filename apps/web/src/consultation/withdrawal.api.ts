import { receiptStatus, type ReceiptStatus, WithdrawOpinion } from '@domains/consultation';
import { Public } from '@platform/identity';
import { systemActor } from '@platform/kernel';
import { UnitOfWork } from '@platform/persistence';
import { Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CityCode } from '../http';

@ApiTags('consultations')
@Controller('api/v1')
export class WithdrawalApi {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly withdrawOpinion: WithdrawOpinion,
  ) {}

  /** Takes back, for good, the opinion whose receipt code this is; 409 once the window is over, or when it is answered or withdrawn already. */
  @Public()
  @HttpCode(200)
  @Post('cities/:city/receipts/:code/withdrawal')
  async withdraw(@CityCode() cityId: string, @Param('code') code: string): Promise<ReceiptStatus> {
    await this.withdrawOpinion.byReceipt(cityId, code);
    return this.unitOfWork.run(systemActor(cityId), (tx) => receiptStatus(tx, code));
  }
}
