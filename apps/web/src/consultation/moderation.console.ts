import { APPEAL_DECISIONS, type Appeal, DecideAppeal, hiddenOpinions, readAppeal, waitingAppeals } from '@domains/consultation';
import { Can } from '@platform/identity';
import type { Actor } from '@platform/kernel';
import { UnitOfWork } from '@platform/persistence';
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { CurrentActor, FormPage, type Page, page, seeOther, type SeeOther } from '../http';
import { DecideAppealDto, ModerationDto } from './opinion-desk.dto';

const BASE = '/console/moderation';
const opinionHref = ({ policyId, id }: { policyId: string; id: string }): string => `/console/policies/${policyId}/consultation/opinions/${id}`;
const card = (appeal: Appeal) => ({ ...appeal, href: `${BASE}/${appeal.id}`, opinionHref: opinionHref({ policyId: appeal.policyId, id: appeal.opinionId }) });

/** What is hidden, and the authors who ask for another look at it. */
@Controller('console/moderation')
export class ModerationConsole {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly decideAppeal: DecideAppeal,
  ) {}

  @Can('consultation.read')
  @Get()
  queue(@CurrentActor() actor: Actor, @Query() { after }: ModerationDto): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const { items, next } = await hiddenOpinions(tx, after);
      return page('consultation/moderation', {
        title: 'opinion-desk:moderation.title', appeals: (await waitingAppeals(tx)).map(card), hidden: items.map((item) => ({ ...item, href: opinionHref(item) })),
        next: next && `${BASE}?after=${encodeURIComponent(next)}`,
      });
    });
  }

  @Can('consultation.read')
  @Get(':appeal')
  show(@CurrentActor() actor: Actor, @Param('appeal') id: string): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => page('consultation/appeal', {
      title: 'opinion-desk:appeal.title', appeal: card(await readAppeal(tx, id)), decisions: APPEAL_DECISIONS, queue: BASE,
    }));
  }

  @Can('consultation.decide_appeal')
  @FormPage(`${BASE}/:appeal`)
  @Post(':appeal')
  async decide(@CurrentActor() actor: Actor, @Param('appeal') id: string, @Body() dto: DecideAppealDto): Promise<SeeOther> {
    await this.decideAppeal.run(actor, id, dto);
    return seeOther(`${BASE}/${id}`, 'opinion-desk:flash.decided');
  }
}
