import {
  AnswerCluster, ApproveClusterAnswers, AskForClusters, clauseChoices, CLUSTER_PARTS, clusterAnswers, type ClusterPage, currentClusters, DISPOSITIONS, lastClusterJob, listClusterMembers,
  listClusters, listOutside, readCluster
} from '@domains/consultation';
import { LifeCycle } from '@core/policy';
import { Can } from '@platform/identity';
import { type Actor, DomainError } from '@platform/kernel';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { CurrentActor, FormPage, type Page, page, requireWithin, seeOther, type SeeOther } from '../http';
import { ApproveClusterDto, ClusterAnswerDto, ClusterListDto, ClusterMembersDto, ComputeClustersDto } from './clusters.dto';
import { answerCard, clusterCard, jobView, memberCard, runView, thresholdOptions } from './clusters-view';
import { consultationFrame } from './consultation-frame';
import { staffCard } from './consultation-view';

const baseOf = (consultationId: string): string => `/console/consultations/${consultationId}/clusters`;
/** How many of the least alike a preview shows, each with its box. */
const PREVIEWED = 50;
const CLUSTER_PAGE = '/console/consultations/:id/clusters/:cluster';

/** Opinions put together by what they share, and one answer for all of them. */
@Controller('console/consultations/:id/clusters')
export class ClustersConsole {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lifeCycle: LifeCycle,
    private readonly askForClusters: AskForClusters,
    private readonly answerCluster: AnswerCluster,
    private readonly approveClusterAnswers: ApproveClusterAnswers,
  ) {}

  @Can('consultation.read')
  @Get()
  list(@CurrentActor() actor: Actor, @Param('id') id: string, @Query() { after }: ClusterListDto): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const frame = await this.frame(tx, id);
      const run = await currentClusters(tx, id);
      const job = await lastClusterJob(tx, id);
      const { items, next } = run ? await listClusters(tx, run.id, after) : { items: [], next: null };
      return page('consultation/clusters', {
        ...frame, job: job && jobView(job, tx.at), run: run && runView(run, frame.consultation.received), clusters: items.map((item) => clusterCard(item, frame.base)), next: next && `${frame.base}?after=${next}`, thresholds: thresholdOptions(run?.threshold),
      });
    });
  }

  @Can('consultation.cluster')
  @FormPage('/console/consultations/:id/clusters')
  @Post()
  async compute(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() dto: ComputeClustersDto): Promise<SeeOther> {
    await this.askForClusters.run(actor, id, dto);
    return seeOther(baseOf(id), 'clusters:flash.asked');
  }

  @Can('consultation.read')
  @Get('outside')
  outside(@CurrentActor() actor: Actor, @Param('id') id: string, @Query() { after }: ClusterMembersDto): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const frame = await this.frame(tx, id);
      const run = await currentClusters(tx, id);
      if (!run) throw DomainError.notFound();
      const { items, next } = await listOutside(tx, id, run.id, after);
      return page('consultation/clusters-outside', {
        ...frame, run: runView(run, frame.consultation.received), opinions: items.map((opinion) => staffCard(opinion, actor.accountId)), next: next && `${frame.base}/outside?after=${encodeURIComponent(next)}`,
      });
    });
  }

  @Can('consultation.read')
  @Get(':cluster')
  show(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('cluster') clusterId: string, @Query() { part = 'all', after }: ClusterMembersDto): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const frame = await this.frame(tx, id);
      const cluster = await clusterWithin(tx, id, clusterId);
      const { items, next } = await listClusterMembers(tx, clusterId, { part, after });
      const href = `${frame.base}/${clusterId}`;
      const counts = { all: cluster.size, waiting: cluster.waiting, answered: cluster.answered };
      return page('consultation/cluster', {
        ...frame, cluster: clusterCard(cluster, frame.base), current: cluster.current, part, answers: (await clusterAnswers(tx, clusterId)).map((answer) => answerCard(answer, actor.accountId)),
        tabs: CLUSTER_PARTS.map((key) => ({ key, href: `${href}?part=${key}`, current: key === part, count: counts[key] })),
        members: items.map((member) => memberCard(member, { ...cluster, accountId: actor.accountId })), next: next && `${href}?part=${part}&after=${encodeURIComponent(next)}`,
      });
    });
  }

  /** The preview: who gets the answer, the least alike first, and who has one already. */
  @Can('consultation.answer')
  @Get(':cluster/answer')
  preview(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('cluster') clusterId: string): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const frame = await this.frame(tx, id);
      const cluster = await clusterWithin(tx, id, clusterId);
      const { items, next } = await listClusterMembers(tx, clusterId, { part: 'waiting', limit: PREVIEWED });
      return page('consultation/cluster-answer', {
        ...frame, cluster: clusterCard(cluster, frame.base), current: cluster.current, members: items.map((member) => memberCard(member, { ...cluster, accountId: actor.accountId })),
        more: next !== null, previewed: PREVIEWED, dispositions: DISPOSITIONS, clauses: await clauseChoices(tx, frame.consultation.policyId),
      });
    });
  }

  @Can('consultation.answer')
  @FormPage(`${CLUSTER_PAGE}/answer`)
  @Post(':cluster/answer')
  async answer(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('cluster') clusterId: string, @Body() dto: ClusterAnswerDto): Promise<SeeOther> {
    await requireWithin(this.unitOfWork, actor, 'cluster', clusterId, id);
    await this.answerCluster.run(actor, clusterId, dto);
    return seeOther(`${baseOf(id)}/${clusterId}?part=answered`, 'clusters:flash.answered');
  }

  @Can('consultation.approve')
  @FormPage(CLUSTER_PAGE)
  @Post(':cluster/approve')
  async approve(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('cluster') clusterId: string, @Body() dto: ApproveClusterDto): Promise<SeeOther> {
    await requireWithin(this.unitOfWork, actor, 'cluster', clusterId, id);
    await this.approveClusterAnswers.run(actor, clusterId, dto);
    return seeOther(`${baseOf(id)}/${clusterId}`, 'clusters:flash.approved');
  }

  /** What every page about the clusters of a consultation has. */
  private async frame(tx: TenantTx, consultationId: string) {
    return { ...await consultationFrame(tx, this.lifeCycle, consultationId), base: baseOf(consultationId) };
  }
}

/** A cluster that stands under that consultation, as the address says. */
async function clusterWithin(tx: TenantTx, consultationId: string, clusterId: string): Promise<ClusterPage> {
  const cluster = await readCluster(tx, clusterId);
  if (cluster.consultationId !== consultationId) throw DomainError.notFound();
  return cluster;
}
