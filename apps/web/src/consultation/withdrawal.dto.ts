import { Equals } from 'class-validator';

/** The box that says one knows it is for good. */
export class WithdrawDto {
  @Equals('on', { message: 'intake:error.confirm' }) confirm: 'on';
}
