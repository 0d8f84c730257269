import { DeclareConflict, listReviews, readReview, SignReview } from '@domains/funding';
import { Can } from '@platform/identity';
import type { Actor } from '@platform/kernel';
import { UnitOfWork } from '@platform/persistence';
import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { CurrentActor, FormPage, type Page, page, type SeeOther, seeOther } from '../http';
import { DeclarationDto, ScoreDto } from './funding.dto';

/** What a drawn expert has to review; blind. */
@Controller('console/reviews')
export class ReviewsConsole {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly declareConflict: DeclareConflict,
    private readonly signReview: SignReview,
  ) {}

  @Can('funding.review')
  @Get()
  async list(@CurrentActor() actor: Actor): Promise<Page> {
    const items = await this.unitOfWork.run(actor, listReviews);
    return page('funding/reviews', { title: 'funding:reviews.title', items: items.map((item) => ({ ...item, href: `/console/reviews/${item.id}` })) });
  }

  @Can('funding.review')
  @Get(':id')
  async show(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<Page> {
    const review = await this.unitOfWork.run(actor, (tx) => readReview(tx, id));
    return page('funding/review', {
      title: review.snapshot.title, review, declaring: review.conflict === null, scoring: review.conflict === 'none' && review.signedAt === null,
      criteria: review.criteria.map((criterion) => ({ ...criterion, score: review.scores?.[criterion.key] })),
    });
  }

  @Can('funding.review')
  @FormPage('/console/reviews/:id')
  @Post(':id/declaration')
  async declare(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() dto: DeclarationDto): Promise<SeeOther> {
    await this.declareConflict.run(actor, id, { conflict: dto.conflict === 'yes', ...(dto.reason ? { reason: dto.reason } : {}) });
    return seeOther(`/console/reviews/${id}`, 'funding:flash.declared');
  }

  @Can('funding.review')
  @FormPage('/console/reviews/:id')
  @Post(':id/score')
  async score(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() dto: ScoreDto): Promise<SeeOther> {
    const { criteria } = await this.unitOfWork.run(actor, (tx) => readReview(tx, id));
    const scores = Object.fromEntries(dto.score.map((score, index) => [criteria[index]?.key ?? '', Number(score)]));
    await this.signReview.run(actor, id, { scores, comment: dto.comment });
    return seeOther('/console/reviews', 'funding:flash.scored');
  }
}
