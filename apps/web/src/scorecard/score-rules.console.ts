import { MEASURES } from '@core/policy';
import { ConfirmScoreRules, FIRST_RULES, listScoreRules, MAX_DAYS, nextFirstDays, oversees, SetScoreRules } from '@domains/ledger';
import { Can } from '@platform/identity';
import { type Actor, chinaDate } from '@platform/kernel';
import { UnitOfWork } from '@platform/persistence';
import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { CurrentActor, FormPage, Language, type Page, page, seeOther, type SeeOther } from '../http';
import { formatDate, type Lang } from '../view';
import { measureNotes } from './score-view';
import { ScoreRulesDto } from './scorecard.dto';

const HOME = '/console/scorecard-rules';

/** What the measures weigh and how many days there are to object: one overseer proposes, another confirms. */
@Controller('console/scorecard-rules')
export class ScoreRulesConsole {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly setRules: SetScoreRules,
    private readonly confirmRules: ConfirmScoreRules,
  ) {}

  @Can('ledger.read_scorecard')
  @Get()
  show(@CurrentActor() actor: Actor, @Language() lang: Lang): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const today = chinaDate(tx.at);
      const keeps = oversees(tx.actor);
      const sets = await listScoreRules(tx);
      const now = sets.filter(({ confirmedAt, validFrom }) => confirmedAt !== null && validFrom <= today).sort((a, b) => (a.validFrom < b.validFrom ? 1 : -1))[0] ?? null;
      const rules = now ?? FIRST_RULES;
      return page('scorecard/rules', {
        title: 'scorecard:rules.title', home: HOME, keeps, maxDays: MAX_DAYS, now, rules, notes: await measureNotes(tx, rules.weights, lang), measures: MEASURES.map((measure) => ({ measure, weight: rules.weights[measure] })),
        waiting: sets.filter(({ confirmedAt }) => confirmedAt === null).map((one) => ({ ...one, weightList: MEASURES.map((measure) => ({ measure, weight: one.weights[measure] })), begun: one.validFrom <= today, own: one.setById === tx.actor.accountId, mayConfirm: keeps && one.setById !== tx.actor.accountId && one.validFrom > today })),
        made: sets.filter(({ confirmedAt }) => confirmedAt !== null).map((one) => ({ ...one, weightList: MEASURES.map((measure) => ({ measure, weight: one.weights[measure] })) })),
        days: nextFirstDays(today, 8).map((value) => ({ value, label: formatDate(value, lang) })),
      });
    });
  }

  @Can('ledger.keep_scorecard')
  @FormPage(HOME)
  @Post()
  async set(@CurrentActor() actor: Actor, @Body() { validFrom, reason, appealDays, decideDays, ...weights }: ScoreRulesDto): Promise<SeeOther> {
    const { consultation, limits, interpretation, evaluation, conclusions, current } = weights;
    await this.setRules.run(actor, {
      validFrom, reason, appealDays: Number(appealDays), decideDays: Number(decideDays),
      weights: { consultation: Number(consultation), limits: Number(limits), interpretation: Number(interpretation), evaluation: Number(evaluation), conclusions: Number(conclusions), current: Number(current) },
    });
    return seeOther(HOME, 'scorecard:flash.rulesSet');
  }

  @Can('ledger.keep_scorecard')
  @FormPage(HOME)
  @Post(':id/confirm')
  async confirm(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<SeeOther> {
    await this.confirmRules.run(actor, id);
    return seeOther(HOME, 'scorecard:flash.rulesConfirmed');
  }
}
