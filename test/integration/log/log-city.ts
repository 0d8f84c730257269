import { generateKeyPairSync } from 'node:crypto';
import { LifeCycle, policies, PolicyModule } from '@core/policy';
import { recordAudit } from '@platform/audit';
import { systemActor } from '@platform/kernel';
import { exportLog, keysOf, MerkleLogModule, readOneMoment, TakeCheckpoint, verifyLogFile, type Checkpoint, type LogVerdict } from '@platform/merkle-log';
import { TenantTx } from '@platform/persistence';
import { Client } from 'pg';
import type { QueryRunner } from 'typeorm';
import { type Office, openOffice } from '../../support/office';
import { insertPolicy } from '../../support/policies';
import type { Dice } from '../../support/campaigns/random';

export const newKey = (): string => generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64');

export interface LogCity extends Office {
  take(now?: boolean): Promise<Checkpoint | null>;
  /** Records for some of the policies and entries of the audit log, in a mixed order. */
  write(dice: Dice, count: number): Promise<void>;
  exported(): Promise<string>;
  policyIds: string[];
  /** Connected as superuser, without triggers and without row-level security. */
  intruder: Client;
}

export async function openLogCity(key: string | null = newKey(), accepted = ''): Promise<LogCity> {
  const office = await openOffice(PolicyModule, MerkleLogModule.forRoot(keysOf(key, accepted)));
  const keeper = await office.person('经办人', ['drafter']);
  const home = { cityId: office.cityId, tenantId: office.drafting, keeperId: keeper.accountId as string };
  const policyIds: string[] = [];
  for (let n = 0; n < 12; n += 1) policyIds.push(await insertPolicy(office.unitOfWork, home, { state: n % 3 === 0 ? 'published' : 'drafting' }));
  const intruder = new Client({ connectionString: office.ownerUrl });
  await intruder.connect();
  await intruder.query('SET session_replication_role = replica');
  return {
    ...office, policyIds, intruder,
    take: (now = false) => office.get(TakeCheckpoint).run(office.cityId, { now }),
    async write(dice, count) {
      for (let n = 0; n < count; n += 1) {
        const [policyId, another] = [dice.pick(policyIds), dice.chance(0.3)];
        await office.unitOfWork.run(keeper, async (tx) => {
          const policy = await policies.require(tx, policyId);
          if (dice.chance(0.6)) await office.get(LifeCycle).record(tx, policy, dice.pick(['version_submitted', 'docket_signed', 'interpretation_released']), { details: { n, words: dice.pick(['同意', '修改后同意']) } });
          recordAudit(tx, { action: 'test.done', subjectType: 'policy', subjectId: another ? dice.pick(policyIds) : policyId, tenantId: dice.chance(0.1) ? office.other : office.drafting, details: { n } });
        });
      }
    },
    exported: () => office.unitOfWork.run(systemActor(office.cityId), async (tx) => {
      await readOneMoment(tx);
      return textOf(tx);
    }),
    close: async () => {
      await intruder.end();
      await office.close();
    },
  };
}

export async function textOf(tx: TenantTx): Promise<string> {
  const parts: string[] = [];
  for await (const part of exportLog(tx)) parts.push(part);
  return parts.join('');
}

/** The export as a connection sees it, within a transaction that is then taken back. */
export const seenBy = (client: Client, cityId: string): TenantTx =>
  new TenantTx(systemActor(cityId), new Date('2026-03-02T01:00:00Z'), { connect: async () => client } as unknown as QueryRunner);

export async function verified(text: string, checkpoints: readonly Checkpoint[], keys: ReadonlySet<string> | null = null): Promise<LogVerdict> {
  async function* chunks(): AsyncGenerator<Uint8Array> { yield Buffer.from(text); }
  return verifyLogFile(chunks(), checkpoints, keys);
}
