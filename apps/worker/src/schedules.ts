import { SendReminders } from '@core/policy';
import { CloseDueConsultations, ForgetIntake, PublishMissingRoots } from '@domains/consultation';
import { RunSurvey } from '@domains/evaluation';
import { CloseCall } from '@domains/funding';
import { CarryOutCleanups, ExpirePolicies, MakeBooks } from '@domains/ledger';
import { TakeCheckpoint } from '@platform/merkle-log';
import { Injectable } from '@nestjs/common';

/** Something that is due by the clock. Running it twice, or in two workers at once, must do it once. */
export interface Schedule {
  name: string;
  /** Takes minutes, and so keeps nothing else waiting. */
  slow?: boolean;
  run(cityId: string): Promise<unknown>;
}

/** What the worker does by itself, city by city. */
@Injectable()
export class Schedules {
  readonly all: readonly Schedule[];

  constructor(
    closeDueConsultations: CloseDueConsultations, publishMissingRoots: PublishMissingRoots, closeCall: CloseCall, expirePolicies: ExpirePolicies, makeBooks: MakeBooks,
    sendReminders: SendReminders, carryOutCleanups: CarryOutCleanups, forgetIntake: ForgetIntake, takeCheckpoint: TakeCheckpoint, runSurvey: RunSurvey,
  ) {
    this.all = [
      { name: 'consultation.close_due', run: (cityId) => closeDueConsultations.run(cityId) },
      { name: 'consultation.publish_missing_roots', run: (cityId) => publishMissingRoots.run(cityId) },
      { name: 'funding.close_due', run: (cityId) => closeCall.runDue(cityId) },
      { name: 'evaluation.surveys', run: (cityId) => runSurvey.runDue(cityId) },
      // Before the expiry, so that what lapses today is expired today.
      { name: 'ledger.carry_out_cleanups', run: (cityId) => carryOutCleanups.run(cityId) },
      { name: 'ledger.expire', run: (cityId) => expirePolicies.run(cityId) },
      { name: 'ledger.make_books', slow: true, run: (cityId) => makeBooks.run(cityId) },
      { name: 'deadlines.remind', run: (cityId) => sendReminders.runDue(cityId) },
      { name: 'consultation.forget_intake', run: (cityId) => forgetIntake.run(cityId) },
      // Last, so that it takes in what the others have just written.
      { name: 'log.checkpoint', run: (cityId) => takeCheckpoint.run(cityId) },
    ];
  }
}
