import {
  AnswerCluster, AskForClusters, type ClusterItem, type ClusterJob, type ClusterMember, type ClusterPage, type ClusterRun, currentClusters, listClusterMembers, listClusters, readCluster, readClusterJob,
  requireStaffConsultation,
} from '@domains/consultation';
import { Can } from '@platform/identity';
import { type Actor } from '@platform/kernel';
import { UnitOfWork } from '@platform/persistence';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentActor } from '../http';
import { ClusterAnswerDto, ClusterListDto, ClusterMembersDto, ComputeClustersDto } from './clusters.dto';

@ApiTags('consultations')
@Controller('api/v1')
export class ClustersApi {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly askForClusters: AskForClusters,
    private readonly answerCluster: AnswerCluster,
  ) {}

  /** Asks for the opinions of a consultation to be put together by what they share. The worker does it, in seconds for thousands of opinions; `href` tells how far it is. */
  @Can('consultation.cluster')
  @HttpCode(202)
  @Post('consultations/:id/clusterings')
  async compute(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() dto: ComputeClustersDto): Promise<{ jobId: string; href: string }> {
    const { jobId } = await this.askForClusters.run(actor, id, dto);
    return { jobId, href: `/api/v1/consultations/${id}/clusterings/${jobId}` };
  }

  /** What became of a wish: `computing`, `done` with the id of its run, or `failed` with the reason. */
  @Can('consultation.read')
  @Get('consultations/:id/clusterings/:job')
  job(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('job') job: string): Promise<ClusterJob> {
    return this.unitOfWork.run(actor, (tx) => readClusterJob(tx, id, job));
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
