import { newId, systemActor } from '@platform/kernel';
import { Client } from 'pg';
import { startTestApp, type TestApp } from '../../support/app';
import { makeCity, type TestCity } from '../../support/people';
import { Visitor } from '../../support/visitor';

export interface ChannelWorld {
  web: TestApp;
  city: TestCity;
  owner: Client;
  /** Head and drafter of the department, and the drafter of another one. */
  drafter: Visitor;
  outsider: Visitor;
  visitor(): Visitor;
  /** A consultation that stands open until the end of 1 April 2026, about two articles. */
  consultation(): Promise<{ id: string; policyId: string; base: string }>;
  /** Opinions of a consultation as they are stored, in the order of their rows and ids. */
  stored(id: string): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}

export const CHANNEL_CLOSES = '2026-04-02T00:00:00+08:00';

export async function openChannelWorld(): Promise<ChannelWorld> {
  const web = await startTestApp();
  const city = await makeCity(web);
  const owner = new Client({ connectionString: web.database.ownerUrl });
  await owner.connect();
  const { drafter } = city.departments[0].people;
  const sql = <R>(text: string, parameters: unknown[]): Promise<R[]> => web.unitOfWork.run(systemActor(city.id), (tx) => tx.query<R>(text, parameters));
  return {
    web, city, owner,
    drafter: await new Visitor(web.app).signIn(city.id, drafter.login),
    outsider: await new Visitor(web.app).signIn(city.id, city.departments[1].people.drafter.login),
    visitor: () => new Visitor(web.app),
    async consultation() {
      const [policyId, versionId, id] = [newId(), newId(), newId()];
      const own = [city.id, drafter.tenantId, drafter.accountId, web.clock.now()];
      await sql(`INSERT INTO policy (city_id, id, tenant_id, kind, title, state, responsible_id, public_since, created_at) VALUES ($1, $5, $2, 'normative_document', '技术改造扶持办法', 'consulting', $3, $4, $4)`, [...own, policyId]);
      await sql(`INSERT INTO policy_version (city_id, id, tenant_id, policy_id, no, state, created_by, created_at, is_public) VALUES ($1, $5, $2, $6, 1, 'draft', $3, $4, true)`, [...own, versionId, policyId]);
      for (const [seq, text] of ['本办法适用于本市企业。', '对购置先进设备的企业，按投资额的百分之十给予补助。'].entries()) {
        await sql(`INSERT INTO provision (city_id, version_id, clause_id, tenant_id, seq, identity, kind, number, label, lead, text, is_public) VALUES ($1, $2, $3, $4, $5, $3, 'article', $6, $7, '', $8, true)`,
          [city.id, versionId, `art_${seq + 1}`, drafter.tenantId, seq, seq + 1, `第${'一二'.charAt(seq)}条`, text]);
      }
      await sql(`UPDATE policy_version SET state = 'submitted', submitted_at = $4, submitted_by = $3, text_hash = 'x' WHERE city_id = $1 AND id = $5 AND tenant_id = $2`, [...own, versionId]);
      await sql(
        `INSERT INTO consultation (city_id, id, tenant_id, policy_id, version_id, title, purpose, state, opens_at, closes_at, basis, opened_by, receipt_salt)
         VALUES ($1, $5, $2, $6, $7, '技术改造扶持办法', '拟支持企业更新设备。', 'open', $4, '${CHANNEL_CLOSES}', '{"openedOn": "2026-03-02", "rules": []}', $3, 'salt')`, [...own, id, policyId, versionId]);
      return { id, policyId, base: `/console/consultations/${id}/channels` };
    },
    stored: async (id) => (await owner.query<Record<string, unknown>>(
      `SELECT o.*, s.reference, s.arrived_on::text AS arrived, s.message_id, s.batch_row, s.event_id, s.participant_id FROM opinion o LEFT JOIN opinion_source s ON s.city_id = o.city_id AND s.opinion_id = o.id
       WHERE o.city_id = $1 AND o.consultation_id = $2 ORDER BY s.batch_row, o.id`, [city.id, id])).rows,
    async close() {
      await owner.end();
      await web.close();
    },
  };
}
