import { existsSync } from 'node:fs';
import { ExportOpinions, ModerateOpinion, publicFile, ReadAttachment, ReleaseAttachment, type StaffFile, WithdrawOpinion } from '@domains/consultation';
import { type Actor, anonymousActor, newId, systemActor } from '@platform/kernel';
import { jpeg, TYPES } from '../../support/sent-files';
import { calm, closeDesk, count, filesOf, intruder, openDesk, scan, sent, unique, withFiles, world } from './attachment-desk';
import { CITY } from './world';

beforeAll(openDesk);
afterAll(closeDesk);
beforeEach(calm);

describe('a release', () => {
  async function clean(bytes = jpeg(40, 30, { orientation: 6, words: '张三家的院子' }), name = '照片13800138000.jpg') {
    const { id, posted } = await withFiles([sent(name, bytes, TYPES.jpg)]);
    await scan(posted.opinionId);
    const [file] = await filesOf(posted.opinionId);
    return { id, posted, file: file! };
  }
  const release = (opinionId: string, file: StaffFile, released = true, actor = world.people.drafter) => world.get(ReleaseAttachment).run(actor, opinionId, file.id, { released, seen: file.rowVersion });

  test('makes a copy without what the camera wrote public, under a masked name, while the opinion is shown; and is taken back', async () => {
    const { id, posted, file } = await clean();
    const seen = () => publicFile(world.reader, CITY, id, file.id);
    await expect(seen()).rejects.toMatchObject({ problem: 'not_found' });
    await release(posted.opinionId, file);
    const shown = await seen();
    expect(shown).toMatchObject({ name: '照片138****8000.jpg', mediaType: 'image/jpeg', scanned: true });
    expect(shown.sha256).not.toBe(file.sha256);
    expect(existsSync(world.files.pathOf(shown.sha256))).toBe(true);
    const { opinions } = await world.get(ExportOpinions).run(world.people.drafter, id);
    expect(opinions[0]!.files).toMatchObject([{ filename: file.filename, publicSha256: shown.sha256 }]);
    await world.get(ModerateOpinion).run(world.people.drafter, posted.opinionId, { moderation: 'hidden', reason: '含个人信息' });
    await expect(seen()).rejects.toMatchObject({ problem: 'not_found' });
    await world.get(ModerateOpinion).run(world.people.drafter, posted.opinionId, { moderation: 'shown', reason: '误判' });
    expect(await seen()).toEqual(shown);
    const [now] = await filesOf(posted.opinionId);
    await release(posted.opinionId, now!, false);
    await expect(seen()).rejects.toMatchObject({ problem: 'not_found' });
  });

  test('of a withdrawn opinion ends, and is not made', async () => {
    const { id, posted, file } = await clean();
    await release(posted.opinionId, file);
    await world.get(WithdrawOpinion).byReceipt(CITY, posted.code);
    await expect(publicFile(world.reader, CITY, id, file.id)).rejects.toMatchObject({ problem: 'not_found' });
    const [now] = await filesOf(posted.opinionId);
    await release(posted.opinionId, now!, false);
    const [back] = await filesOf(posted.opinionId);
    await expect(release(posted.opinionId, back!)).rejects.toMatchObject({ key: 'intake:error.withdrawn' });
  });

  test('twice and five times at once is one', async () => {
    const { posted, file } = await clean();
    const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => release(posted.opinionId, file)));
    expect(outcomes.filter(({ status: how }) => how === 'fulfilled')).toHaveLength(1);
    await expect(release(posted.opinionId, file)).rejects.toMatchObject({ problem: 'conflict' });
    expect(await count(`audit_entry WHERE payload LIKE '%attachment_released%' AND payload LIKE $1`, [`%${posted.opinionId}%`])).toBe(1);
  });

  test('is for the department that asked: others find nothing, before and after', async () => {
    const { posted, file } = await clean();
    const overseer: Actor = { ...world.people.outsider, roles: ['overseer'], scope: 'city' };
    for (const actor of [world.people.outsider, world.people.foreigner]) {
      expect(await filesOf(posted.opinionId, actor)).toEqual([]);
      await expect(world.get(ReadAttachment).run(actor, posted.opinionId, file.id)).rejects.toMatchObject({ problem: 'not_found' });
      await expect(release(posted.opinionId, file, true, actor)).rejects.toMatchObject({ problem: 'not_found' });
    }
    await expect(release(posted.opinionId, file, true, { ...world.people.drafter, roles: ['registrar'] })).rejects.toMatchObject({ problem: 'forbidden' });
    expect(await filesOf(posted.opinionId, overseer)).toEqual([]);
    await release(posted.opinionId, file);
    expect(await filesOf(posted.opinionId, overseer)).toHaveLength(1);
    await expect(release(posted.opinionId, (await filesOf(posted.opinionId))[0]!, false, overseer)).rejects.toMatchObject({ problem: 'not_found' });
    for (const rubbish of ['', 'x', `${file.id}'`, newId()]) {
      await expect(world.get(ReadAttachment).run(world.people.drafter, posted.opinionId, rubbish)).rejects.toMatchObject({ problem: 'not_found' });
      await expect(world.get(ReadAttachment).run(world.people.drafter, rubbish, file.id)).rejects.toMatchObject({ problem: 'not_found' });
    }
  });
});

describe('the database', () => {
  const as = (actor: Actor, sql: string, values: unknown[] = []) => world.work.run(actor, (tx) => tx.query(sql, values));
  const INSERT = `INSERT INTO opinion_attachment (city_id, id, tenant_id, consultation_id, opinion_id, no, filename, media_type, size, sha256, scan)
    SELECT o.city_id, $2, o.tenant_id, o.consultation_id, o.id, $3, 'x.txt', 'text/plain', 1, repeat('0', 64), 'not_scanned' FROM opinion o WHERE o.city_id = $4 AND o.id = $1`;

  test('takes no file but with its opinion, from nobody, and no opinion without its files', async () => {
    const { id, posted } = await withFiles([sent('a.txt', unique())]);
    for (const actor of [world.people.drafter, anonymousActor(CITY), systemActor(CITY)]) {
      await expect(as(actor, INSERT, [posted.opinionId, newId(), 2, CITY])).rejects.toThrow(/comes with its opinion|row-level/);
    }
    await expect(as(systemActor(CITY),
      `INSERT INTO opinion SELECT (o).* FROM (SELECT jsonb_populate_record(o, jsonb_build_object('id', $3::uuid, 'receipt_no', 'YJ-x', 'receipt_code_hash', 'x', 'idempotency_key', 'x')) AS o FROM opinion o WHERE o.city_id = $1 AND o.id = $2) more`,
      [CITY, posted.opinionId, newId()])).rejects.toThrow(/with all its files/);
    expect(await count('opinion WHERE consultation_id = $1', [id])).toBe(1);
  });

  test('lets nobody change what was sent, nor a department say what the scanner found', async () => {
    const { posted } = await withFiles([sent('a.txt', unique())]);
    const where = `WHERE city_id = $1 AND opinion_id = $2`;
    for (const set of [`filename = 'b.txt'`, 'size = 5', `sha256 = repeat('1', 64)`, 'no = 2']) await expect(as(systemActor(CITY), `UPDATE opinion_attachment SET ${set} ${where}`, [CITY, posted.opinionId])).rejects.toThrow(/not changed/);
    await expect(as(world.people.drafter, `UPDATE opinion_attachment SET scan = 'not_scanned' ${where}`, [CITY, posted.opinionId])).rejects.toThrow(/by the machinery/);
    await expect(as(systemActor(CITY), `UPDATE opinion_attachment SET released_at = now(), released_by = '${world.people.drafter.accountId}', public_sha256 = sha256, public_size = 1 ${where}`, [CITY, posted.opinionId])).rejects.toThrow(/check constraint/);
    await expect(as(systemActor(CITY), `DELETE FROM opinion_attachment ${where}`, [CITY, posted.opinionId])).rejects.toThrow(/permission denied/);
    await expect(intruder.query('DELETE FROM opinion_attachment WHERE opinion_id = $1', [posted.opinionId])).rejects.toThrow(/not changed or deleted/);
    // Whoever posts reads nothing back, and the public role no digest of what is not released.
    expect(await as(anonymousActor(CITY), `SELECT 1 FROM opinion_attachment ${where}`, [CITY, posted.opinionId])).toEqual([]);
    expect(await world.reader.query(`SELECT id FROM opinion_attachment ${where}`, [CITY, posted.opinionId])).toEqual([]);
    await expect(world.reader.query(`SELECT sha256 FROM opinion_attachment ${where}`, [CITY, posted.opinionId])).rejects.toThrow(/permission denied/);
  });
});
