import { LifeCycle } from '@core/policy';
import { Can } from '@platform/identity';
import type { Actor } from '@platform/kernel';
import { UnitOfWork } from '@platform/persistence';
import { Controller, Get, Param } from '@nestjs/common';
import { CurrentActor, type Page, page } from '../http';
import { policyHeader } from './policy-header';

interface RecordRow {
  seq: string;
  name: string;
  from: string;
  to: string;
  at: string;
  hash: string;
  payload: string;
}

/** The record of a policy: every event of its life with what was written down, and the fingerprint that links it to the one before. */
@Controller('console/policies/:id/record')
export class PolicyRecordConsole {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lifeCycle: LifeCycle,
  ) {}

  @Can('policy.read_record')
  @Get()
  async show(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const header = await policyHeader(tx, this.lifeCycle, id);
      const rows = await tx.query<RecordRow>(
        `SELECT seq, name, from_state AS "from", to_state AS "to", at, hash, payload FROM life_cycle_event
         WHERE city_id = $1 AND policy_id = $2 ORDER BY seq`, [tx.cityId, id]);
      const events = rows.map(({ payload, ...row }) => {
        const { actorName, rulePack, textHash, details } = JSON.parse(payload) as Record<string, unknown>;
        return { ...row, actorName, rulePack, textHash, details: JSON.stringify(details) };
      });
      return page('policy/record', { title: header.title, header, events });
    });
  }
}
