import { Coordinate, listAsked, readAskedCirculation, replyState, SaveReply, SignReply, STANCES } from '@domains/drafting';
import { policies, provisionsOf } from '@core/policy';
import { Can } from '@platform/identity';
import { type Actor, chinaDate, DomainError } from '@platform/kernel';
import { UnitOfWork } from '@platform/persistence';
import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { CurrentActor, FormPage, type Page, page, type SeeOther, seeOther } from '../http';
import { textView } from '../drafting/drafting-view';
import { disagreementView, opinionView, recountHref } from './circulation-view';
import { AnswerCoordinationDto, ReplyDto, replyOf, SignReplyDto } from './circulation.dto';

/** Rows left open below the opinions that are there; saving opens more. */
const MORE_ROWS = 3;

const TONE = { replied: 'success', late: 'warning', waiting: 'warning', silent: 'danger' } as const;

/** 待复会签: what a department was asked by others, and its replies. */
@Controller('console/circulations')
export class RepliesConsole {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly saveReply: SaveReply,
    private readonly signReply: SignReply,
    private readonly coordinate: Coordinate,
  ) {}

  @Can('drafting.read')
  @Get()
  list(@CurrentActor() actor: Actor): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const today = chinaDate(tx.at);
      const items = (await listAsked(tx)).map((item) => {
        const state = replyState(item, today);
        return { ...item, href: `/console/circulations/${item.id}`, state, tone: TONE[state], awaitsSignature: item.drafted && !item.signed, open: !item.signed || item.toConfirm };
      });
      return page('circulation/inbox', { title: 'circulation:inbox.title', waiting: items.filter(({ open }) => open), answered: items.filter(({ open }) => !open) });
    });
  }

  @Can('drafting.read')
  @Get(':circulationId')
  show(@CurrentActor() actor: Actor, @Param('circulationId') circulationId: string): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const entry = await readAskedCirculation(tx, circulationId);
      // Whoever drafts the matter reads all replies on the policy's page.
      const reply = entry?.departments.find(({ departmentId }) => departmentId === actor.tenantId)?.reply ?? null;
      if (!entry) throw DomainError.notFound();
      const policy = await policies.require(tx, entry.policyId);
      const [owner] = await tx.query<{ name: string }>('SELECT name FROM department WHERE city_id = $1 AND id = $2', [tx.cityId, policy.tenantId]);
      const provisions = await provisionsOf(tx, entry.versionId);
      const signed = Boolean(reply?.signedAt);
      const state = replyState({ replyOn: entry.replyOn, closed: entry.state === 'closed', signed, late: reply?.late ?? false }, chinaDate(tx.at));
      const hearing = ['drafting', 'consulting', 'reviewing', 'deliberating'].includes(policy.state);
      const head = actor.roles.includes('department_head');
      const opinions = reply?.opinions ?? [];
      return page('circulation/reply', {
        title: policy.title, policy, entry, owner: owner?.name ?? '', state, tone: TONE[state], signed, recountHref: recountHref(actor.cityId, entry), text: textView(provisions), stances: STANCES,
        reply: reply && { ...reply, opinions: opinions.map((opinion) => opinionView(opinion, { versionId: entry.versionId, latestVersionId: null, base: '', mayHandle: false })) },
        rows: [...opinions.map(({ clauseIdentity, text }) => ({ clause: clauseIdentity ?? '', text })), ...Array.from({ length: MORE_ROWS }, () => ({ clause: '', text: '' }))].map((row, at) => ({ ...row, no: at + 1 })),
        clauses: provisions.filter(({ kind }) => kind === 'article').map(({ identity, label, text }) => ({ value: identity, label: `${label}　${[...text].slice(0, 18).join('')}` })),
        disagreement: reply && signed ? disagreementView(reply) : null, pending: reply?.coordination.find(({ outcome, answer }) => outcome === 'agreed' && answer === null) ?? null,
        mayWrite: !signed && hearing && (head || actor.roles.includes('drafter')), maySign: !signed && hearing && head && reply !== null, mayAnswer: head && hearing, ended: !hearing && !signed,
      });
    });
  }

  @Can('drafting.reply')
  @FormPage('/console/circulations/:circulationId')
  @Post(':circulationId/reply')
  async save(@CurrentActor() actor: Actor, @Param('circulationId') circulationId: string, @Body() dto: ReplyDto): Promise<SeeOther> {
    await this.saveReply.run(actor, circulationId, replyOf(dto));
    return seeOther(`/console/circulations/${circulationId}`, 'circulation:flash.saved');
  }

  @Can('drafting.sign_reply')
  @FormPage('/console/circulations/:circulationId')
  @Post(':circulationId/signature')
  async sign(@CurrentActor() actor: Actor, @Param('circulationId') circulationId: string, @Body() { seen }: SignReplyDto): Promise<SeeOther> {
    const { late } = await this.signReply.run(actor, circulationId, seen);
    return seeOther(`/console/circulations/${circulationId}`, late ? 'circulation:flash.signedLate' : 'circulation:flash.signed');
  }

  @Can('drafting.sign_reply')
  @FormPage('/console/circulations/:circulationId')
  @Post(':circulationId/coordination/:coordinationId')
  async answer(@CurrentActor() actor: Actor, @Param('circulationId') circulationId: string, @Param('coordinationId') coordinationId: string, @Body() { answer }: AnswerCoordinationDto): Promise<SeeOther> {
    await this.coordinate.answer(actor, circulationId, coordinationId, answer);
    return seeOther(`/console/circulations/${circulationId}`, `circulation:flash.${answer}`);
  }
}
