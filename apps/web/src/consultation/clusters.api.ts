import {
  AnswerCluster, type ClusterItem, type ClusterMember, type ClusterPage, type ClusterRun, ComputeClusters, type ComputedClusters, currentClusters, listClusterMembers, listClusters, readCluster,
  requireStaffConsultation,
} from '@domains/consultation';
import { Can } from '@platform/identity';
import { type Actor } from '@platform/kernel';
import { UnitOfWork } from '@platform/persistence';
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentActor } from '../http';
import { ClusterAnswerDto, ClusterListDto, ClusterMembersDto, ComputeClustersDto } from './clusters.dto';

@ApiTags('consultations')
@Controller('api/v1')
export class ClustersApi {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly computeClusters: ComputeClusters,
    private readonly answerCluster: AnswerCluster,
  ) {}

  /** Puts the opinions of a consultation together by what they share; answers when it is done, which takes seconds for thousands of opinions. */
  @Can('consultation.cluster')
  @Post('consultations/:id/clusterings')
  compute(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() dto: ComputeClustersDto): Promise<ComputedClusters> {
    return this.computeClusters.run(actor, id, dto);
  }

  /** The current clusters of a consultation, the largest first, twenty at a time; `run` is null before the first computation. */
  @Can('consultation.read')
  @Get('consultations/:id/clusters')
  list(@CurrentActor() actor: Actor, @Param('id') id: string, @Query() { after }: ClusterListDto): Promise<{ run: ClusterRun | null; items: ClusterItem[]; next: number | null }> {
    return this.unitOfWork.run(actor, async (tx) => {
      await requireStaffConsultation(tx, id);
      const run = await currentClusters(tx, id);
      return { run, ...(run ? await listClusters(tx, run.id, after) : { items: [], next: null }) };
    });
  }

  /** A cluster and its members, the least alike first, twenty at a time. `part=waiting` are those whom an answer to the cluster would reach: the preview. */
  @Can('consultation.read')
  @Get('clusters/:id')
  show(@CurrentActor() actor: Actor, @Param('id') id: string, @Query() { part, after }: ClusterMembersDto): Promise<{ cluster: ClusterPage; members: ClusterMember[]; next: string | null }> {
    return this.unitOfWork.run(actor, async (tx) => {
      const cluster = await readCluster(tx, id);
      const { items, next } = await listClusterMembers(tx, id, { ...(part ? { part } : {}), after });
      return { cluster, members: items, next };
    });
  }

  /** Gives one answer to the members that have none, all or nothing; a second person approves it on the page. 409 where `seen` is not how many there are now. */
  @Can('consultation.answer')
  @Post('clusters/:id/answer')
  answer(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() dto: ClusterAnswerDto): Promise<{ answered: number }> {
    return this.answerCluster.run(actor, id, dto);
  }
}
