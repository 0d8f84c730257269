import { appealsOfAuthor, listPublicConsultations, listPublicOpinions, MAX_OPINION, ownDrafts, ownOpinions, PERSONAL_CHOICES, PostOpinion, PUBLIC_STAGES, publicQuestionnairesOf, publicEvents, publicRoot, readPublicConsultation, rootFile, type RootFile, shownBreakdown, STANCES } from '@domains/consultation';
import { Public } from '@platform/identity';
import { type Actor, anonymousActor, type Clock, DomainError, systemActor } from '@platform/kernel';
import { CLOCK, PublicReader, UnitOfWork } from '@platform/persistence';
import { Body, Controller, Get, Inject, Param, Post, Query, Req } from '@nestjs/common';
import { CityCode, FormPage, MaybeActor, type Page, page, seeOther, type SeeOther, type WebRequest } from '../http';
import { resultCharts } from '../outlets/result-charts';
import { resultsView } from '../questionnaire/questionnaire-results';
import { clauseTree, contentsOf } from '../policy/policy-view';
import { fileLimits } from './attachments-view';
import { sentFiles } from './attachments.dto';
import { ConsultationListDto, ConsultationPageDto, OpinionFormDto } from './consultation.dto';
import { draftView } from './draft-view';
import { IntakeGuard, proofOf } from './intake-guard';
import { basisView, clauseOf, clauseOptions, opinionCard, TONE_OF_STAGE } from './consultation-view';

/** Who posts: the person who is signed in in this city, or somebody unnamed. */
export const posterOf = (actor: Actor | null, cityId: string): Actor => (actor?.cityId === cityId ? actor : anonymousActor(cityId));

@Controller(':city/consultations')
export class ConsultationPortal {
  constructor(
    private readonly reader: PublicReader,
    private readonly unitOfWork: UnitOfWork,
    private readonly postOpinion: PostOpinion,
    private readonly guard: IntakeGuard,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Public()
  @Get()
  async list(@CityCode() cityId: string, @Query() { stage = 'open', after }: ConsultationListDto): Promise<Page> {
    const { items, next } = await listPublicConsultations(this.reader, cityId, stage, this.clock.now(), after);
    const base = `/${cityId}/consultations`;
    return page('consultation/list', {
      title: 'consultation:list.title', stage,
      tabs: PUBLIC_STAGES.map((key) => ({ key, href: `${base}?stage=${key}`, current: key === stage })),
      items: items.map((item) => ({ ...item, href: item.stage === 'result' ? `${base}/${item.id}/result` : `${base}/${item.id}`, tone: TONE_OF_STAGE[item.stage] })),
      next: next && `${base}?stage=${stage}&after=${encodeURIComponent(next)}`,
    });
  }

  @Public()
  @Get(':id')
  async show(@CityCode() cityId: string, @Param('id') id: string, @Query() query: ConsultationPageDto, @MaybeActor() actor: Actor | null, @Req() request: WebRequest): Promise<Page> {
    const consultation = await readPublicConsultation(this.reader, cityId, id, this.clock.now());
    const { items, next } = await listPublicOpinions(this.reader, cityId, id, { clauseId: query.on, after: query.after });
    const base = `/${cityId}/consultations/${id}`;
    const open = consultation.stage === 'open';
    const root = open ? null : await this.rootView(cityId, id);
    const poster = posterOf(actor, cityId);
    const { own, drafts } = await this.ownOf(poster, id);
    const draft = draftView(poster, id, drafts, base, open);
    const onClause = new Map(consultation.provisions.map(({ clauseId, identity }) => [identity, {
      ...(consultation.opinionsOn[clauseId] ? { opinions: { count: consultation.opinionsOn[clauseId], href: `${base}?on=${clauseId}#opinions` } } : {}),
    }]));
    const clauses = clauseTree(consultation.provisions, { marks: onClause, ...(open ? { commentHref: (clause) => `${base}?clause=${clause}#opinion-form` } : {}) });
    return page('consultation/show', {
      title: consultation.title, consultation, base, open, clauses, contents: contentsOf(clauses), tone: TONE_OF_STAGE[consultation.stage],
      rules: basisView(cityId, consultation.basis, consultation.departmentId), opinions: items.map((opinion) => opinionCard(opinion, consultation.department, base)), on: clauseOf(consultation, query.on),
      next: next && `${base}?${new URLSearchParams({ ...(query.on ? { on: query.on } : {}), after: next }).toString()}#opinions`,
      clause: clauseOf(consultation, query.clause), filled: { ...draft.current, ...(query.clause ? { clauseId: clauseOf(consultation, query.clause)?.clauseId, quote: query.quote } : {}) }, draft,
      intake: open ? await this.guard.formFor(request, poster, id) : null, stances: STANCES, maxText: MAX_OPINION,
      clauseOptions: clauseOptions(consultation, query.clause),
      personalChoices: PERSONAL_CHOICES, own, ownAction: open ? `${base}/opinions` : null, ownAppeal: `${base}/opinions`, root, verifyHref: `/${cityId}/receipts/verify`,
      questionnaires: await publicQuestionnairesOf(this.reader, cityId, id), events: await publicEvents(this.reader, cityId, id), fileLimits,
      staff: Boolean(actor?.tenantId), unnamed: poster.accountId === null,
    });
  }

  @Public()
  @FormPage('/:city/consultations/:id')
  @Post(':id/opinions')
  async post(@CityCode() cityId: string, @Param('id') id: string, @MaybeActor() actor: Actor | null, @Req() request: WebRequest, @Body() { _key, _draft, _challenge, _solution, _answer, files, ...input }: OpinionFormDto): Promise<SeeOther> {
    await this.guard.admit(request, posterOf(actor, cityId), id, _key, proofOf({ _challenge, _solution, _answer }));
    const { code } = await this.postOpinion.run(posterOf(actor, cityId), id, { ...input, files: sentFiles(files), idempotencyKey: _key });
    return seeOther(`/${cityId}/receipts/${code}?posted=1`);
  }

  @Public()
  @Get(':id/result')
  async result(@CityCode() cityId: string, @Param('id') id: string): Promise<Page> {
    const consultation = await readPublicConsultation(this.reader, cityId, id, this.clock.now());
    const figures = consultation.resultFigures;
    if (!figures) throw DomainError.notFound('consultation:error.noResult');
    const { items, next } = await listPublicOpinions(this.reader, cityId, id, {});
    const questionnaires = (await publicQuestionnairesOf(this.reader, cityId, id)).map(({ results, ...one }) => ({ ...one, results: results && resultsView(results) }));
    const base = `/${cityId}/consultations/${id}`;
    return page('consultation/result', {
      title: 'consultation:result.title', titleParams: { title: consultation.title }, consultation, base, figures, questionnaires, root: await this.rootView(cityId, id), verifyHref: `/${cityId}/receipts/verify`,
      opinions: items.map((opinion) => opinionCard(opinion, consultation.department, base)), next: next && `${base}?after=${encodeURIComponent(next)}#opinions`,
      ...resultCharts(consultation, figures, await shownBreakdown(this.reader, cityId, id), base),
    });
  }

  /** What a person who is signed in, and in no department, has put in here, and has written and not sent. */
  private async ownOf(actor: Actor, id: string) {
    const { accountId } = actor;
    if (accountId === null || actor.tenantId !== null) return { own: [], drafts: [] };
    const { own, drafts } = await this.unitOfWork.run(actor, async (tx) => ({ own: await ownOpinions(tx, id), drafts: await ownDrafts(tx, id) }));
    if (!own.some(({ moderationReason }) => moderationReason !== null)) return { own: own.map((opinion) => ({ ...opinion, appeal: null })), drafts };
    const appeals = await this.unitOfWork.run(systemActor(actor.cityId), (tx) => appealsOfAuthor(tx, id, accountId));
    return { own: own.map((opinion) => ({ ...opinion, appeal: appeals.get(opinion.id) ?? { last: null, mayAppeal: opinion.moderation === 'hidden' } })), drafts };
  }

  /** The published root as its page shows it; `late`: it was computed after the close. */
  private async rootView(cityId: string, id: string): Promise<(RootFile & { late: boolean }) | null> {
    const root = await publicRoot(this.reader, cityId, id);
    return root && { ...rootFile(root), late: root.computedAt > root.closedAt };
  }
}
