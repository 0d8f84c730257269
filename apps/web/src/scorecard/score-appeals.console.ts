import { DecideScoreAppeal, FileScoreAppeal, MAX_SCORE_REASON, SCORE_DECISIONS, scoreAppeal, scoreAppeals, scoreCase, scoreFrame } from '@domains/ledger';
import { Can } from '@platform/identity';
import { type Actor, chinaDate, DomainError, newId } from '@platform/kernel';
import { UnitOfWork } from '@platform/persistence';
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { CurrentActor, FormPage, type Page, page, seeOther, type SeeOther } from '../http';
import { DecideScoreAppealDto, FileScoreAppealDto, ScoreCaseDto } from './scorecard.dto';

const HOME = '/console/scorecard-appeals';
const TONES = { excluded: 'success', counted: 'success', refused: 'danger' } as const;

/** Appeals of departments against cases of a closed period, and their decisions. */
@Controller('console/scorecard-appeals')
export class ScoreAppealsConsole {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly fileAppeal: FileScoreAppeal,
    private readonly decideAppeal: DecideScoreAppeal,
  ) {}

  @Can('ledger.read_scorecard')
  @Get()
  list(@CurrentActor() actor: Actor): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => page('scorecard/appeals', {
      title: 'scorecard:appeals.title', items: (await scoreAppeals(tx)).map((one) => ({ ...one, href: `${HOME}/${one.id}`, tone: one.decision ? TONES[one.decision] : 'warning' })),
    }));
  }

  @Can('ledger.appeal_score')
  @Get('new/:period')
  form(@CurrentActor() actor: Actor, @Param('period') label: string, @Query() { case: key }: ScoreCaseDto): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const frame = await scoreFrame(tx, label);
      const one = await scoreCase(tx, frame, key);
      if (!frame.closed) throw DomainError.notFound();
      return page('scorecard/appeal-new', {
        title: 'scorecard:appeal.newTitle', frame, one, key: newId(), max: MAX_SCORE_REASON, decideDays: frame.closed.decideDays, open: frame.state === 'closed' && chinaDate(tx.at) <= frame.closed.appealUntil && one.appealId === null && one.state === 'missed',
        action: `${HOME}/new/${label}?${new URLSearchParams({ case: key }).toString()}`, back: `/console/scorecard/${label}/${one.departmentId}/${one.measure}`,
      });
    });
  }

  @Can('ledger.appeal_score')
  @FormPage('/console/scorecard-appeals/new/:period')
  @Post('new/:period')
  async file(@CurrentActor() actor: Actor, @Param('period') label: string, @Query() { case: caseKey }: ScoreCaseDto, @Body() { reason, evidence, _key }: FileScoreAppealDto): Promise<SeeOther> {
    const id = await this.fileAppeal.run(actor, { label, caseKey, reason, evidence, idempotencyKey: _key });
    return seeOther(`${HOME}/${id}`, 'scorecard:flash.appealed');
  }

  @Can('ledger.read_scorecard')
  @Get(':id')
  show(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const appeal = await scoreAppeal(tx, id);
      return page('scorecard/appeal', {
        title: 'scorecard:appeal.title', appeal, tone: appeal.decision ? TONES[appeal.decision] : 'warning', decisions: SCORE_DECISIONS, max: MAX_SCORE_REASON, home: HOME,
        casesHref: `/console/scorecard/${appeal.label}/${appeal.departmentId}/${appeal.measure}`,
      });
    });
  }

  @Can('ledger.keep_scorecard')
  @FormPage('/console/scorecard-appeals/:id')
  @Post(':id/decide')
  async decide(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() { decision, decisionReason }: DecideScoreAppealDto): Promise<SeeOther> {
    await this.decideAppeal.run(actor, id, decision, decisionReason);
    return seeOther(`${HOME}/${id}`, `scorecard:flash.${decision}`);
  }
}
