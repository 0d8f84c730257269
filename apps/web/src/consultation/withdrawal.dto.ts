import { Equals, IsOptional, IsString } from 'class-validator';

/** The box that says one knows it is for good. */
export class WithdrawDto {
  @Equals('on', { message: 'intake:error.confirm' }) confirm: 'on';
}

/** As `WithdrawDto` on a page with several such boxes: what is wrong belongs to one of them, and the controller knows which. */
export class WithdrawOwnDto {
  @IsOptional() @IsString({ message: 'intake:error.confirm' }) confirm?: string;
}
