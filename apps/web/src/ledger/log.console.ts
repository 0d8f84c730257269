import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { recordAudit } from '@platform/audit';
import { Can } from '@platform/identity';
import type { Actor } from '@platform/kernel';
import { checkpoints, exportLog, logState, readOneMoment } from '@platform/merkle-log';
import { UnitOfWork } from '@platform/persistence';
import { Controller, Get, HttpCode, Post } from '@nestjs/common';
import { CurrentActor, file, type FileAnswer, FormPage, type Page, page } from '../http';

/** The city's log for those who watch over it: how it stands, and all of it as a file. */
@Controller('console/ledger-log')
export class LogConsole {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  @Can('ledger.read_log')
  @Get()
  show(@CurrentActor() actor: Actor): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const [state, { items: [newest] }] = [await logState(tx, tx.cityId), await checkpoints(tx, tx.cityId)];
      return page('ledger/log', { title: 'ledger-log:console.title', state, newest: newest ?? null, publicHref: `/${tx.cityId}/ledger/checkpoints`, newestHref: newest && `/${tx.cityId}/ledger/checkpoints.json?no=${newest.no}` });
    });
  }

  /** A POST, as it is written down who took the whole log away. The file is finished first, so that no reader's slow line holds a transaction open. */
  @Can('ledger.read_log')
  @FormPage('/console/ledger-log')
  @HttpCode(200)
  @Post('export')
  async export(@CurrentActor() actor: Actor): Promise<FileAnswer> {
    await this.unitOfWork.run(actor, async (tx) => recordAudit(tx, { action: 'ledger.log_exported', subjectType: 'city', subjectId: tx.cityId }));
    const part = path.join(tmpdir(), `policyloop-log-${randomUUID()}.json`);
    try {
      await this.unitOfWork.run(actor, async (tx) => {
        await readOneMoment(tx);
        await pipeline(exportLog(tx), createWriteStream(part, { mode: 0o600 }));
      });
    } catch (error) {
      await rm(part, { force: true });
      throw error;
    }
    const stream = createReadStream(part);
    stream.once('close', () => void rm(part, { force: true }));
    return file(stream, { type: 'application/json; charset=utf-8', name: `policyloop-log-${actor.cityId}.json` });
  }
}
