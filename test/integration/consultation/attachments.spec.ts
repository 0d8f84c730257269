import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { PublishedTrees, ReadAttachment, ReleaseAttachment } from '@domains/consultation';
import { anonymousActor, newId, sha256Hex } from '@platform/kernel';
import { EventProcessor } from '@platform/messaging';
import { docx, pdf, png } from '../../support/sent-files';
import { calm, clamd, close, closeDesk, count, EICAR, filesOf, holder, intrude, intruder, judge, killed, openDesk, post, proven, receipt, rootOf, rows, scan, sent, status, unique, waiting, withFiles, world } from './attachment-desk';
import { CITY, CLOSES_AT, openConsultation } from './world';

beforeAll(openDesk);
afterAll(closeDesk);
beforeEach(calm);

describe('the leaf', () => {
  test('binds the files; the author\'s receipt has them, verifies, and finds what was changed behind the application', async () => {
    const { id, posted } = await withFiles([sent('说明.txt', unique()), sent('../表<1>.pdf', pdf())]);
    const bare = await post(id, []);
    const early = await receipt(posted.code);
    expect(early).toMatchObject({ leaf: { v: 2 }, words: { attachments: [{ name: '说明.txt' }, { name: '表1.pdf', size: pdf().length, sha256: sha256Hex(pdf()) }] } });
    expect(early.leaf).toHaveProperty('attachments.length', 2);
    expect((await receipt(bare.code)).leaf).toMatchObject({ v: 2, attachments: [] });
    await close(id);
    const root = await rootOf(id);
    for (const { code } of [posted, bare]) expect(judge(await proven(code), root)).toMatchObject({ included: true, reason: 'included' });
    const { proof } = await proven(posted.code) as { proof?: object };
    expect(judge({ ...early, proof }, root).included).toBe(true);
    await intrude(`UPDATE opinion_attachment SET sha256 = $2 WHERE opinion_id = $1 AND no = 1`, [posted.opinionId, '0'.repeat(64)]);
    // The root is published: the file that the author has still verifies, what the register now says does not.
    expect(judge({ ...early, proof }, root).included).toBe(true);
    expect(judge({ ...await receipt(posted.code), proof }, root).reason).toBe('proofFails');
  });

  test('of a file changed or dropped before the close leaves the author with a receipt that is not under the root', async () => {
    for (const change of [`UPDATE opinion_attachment SET filename = '别的.txt'`, 'DELETE FROM opinion_attachment']) {
      const { id, posted } = await withFiles([sent('说明.txt', unique()), sent('b.txt', unique())]);
      const early = await receipt(posted.code);
      await intrude(`${change} WHERE opinion_id = $1 AND no = 2`, [posted.opinionId]);
      await close(id);
      const tree = await new PublishedTrees(world.reader).tree(CITY, id);
      expect(judge(early, { ...await rootOf(id), leaves: [tree!.leaf(0).toString('hex')] })).toMatchObject({ included: false, reason: 'notAmongLeaves' });
      world.clock.stop('2026-09-01T12:00:00+08:00');
    }
  });

  test('of an opinion from before there were files stays as it was, beside new ones in the same tree, and in a root of its own', async () => {
    const { id, posted: fresh } = await withFiles([sent('a.txt', unique())]);
    const old = await post(id, []);
    await intrude('UPDATE opinion SET leaf_version = 1 WHERE id = $1', [old.opinionId]);
    const kept = await receipt(old.code);
    expect(kept.leaf).toMatchObject({ v: 1 });
    expect(kept.leaf).not.toHaveProperty('attachments');
    expect(kept.words).not.toHaveProperty('attachments');
    const other = await openConsultation(world);
    const alone = await post(other.id, []);
    await intrude('UPDATE opinion SET leaf_version = 1 WHERE id = $1', [alone.opinionId]);
    await close(id);
    await close(other.id);
    for (const [code, of] of [[fresh.code, id], [old.code, id], [alone.code, other.id]] as const) expect(judge(await proven(code), await rootOf(of)).included).toBe(true);
    const { proof } = await proven(old.code) as { proof?: object };
    expect(judge({ ...kept, proof }, await rootOf(id)).included).toBe(true);
  });
});

describe('receiving', () => {
  const stored = (bytes: Buffer): boolean => existsSync(world.files.pathOf(sha256Hex(bytes)));

  test('refuses each file in words and keeps nothing: no opinion, no file', async () => {
    const { id } = await openConsultation(world);
    const good = unique();
    await expect(post(id, [sent('好.txt', good), sent('宏.docm', docx()), sent('a\u202Efdp.exe', Buffer.from('MZ')), sent('js.pdf', pdf('<< /S /JavaScript >>')), sent('再来.txt', good)])).rejects.toMatchObject({
      problem: 'invalid', key: 'attachments:error.some',
      details: { fields: [
        { field: 'files', key: 'attachments:error.kind', params: { name: '宏.docm' } }, { field: 'files', key: 'attachments:error.program', params: { name: 'afdp.exe' } },
        { field: 'files', key: 'attachments:error.active', params: { name: 'js.pdf' } }, { field: 'files', key: 'attachments:error.twice', params: { name: '再来.txt' } },
      ] },
    });
    await expect(post(id, Array.from({ length: 6 }, (_, at) => sent(`${at}.txt`, unique())))).rejects.toMatchObject({ details: { fields: [{ key: 'attachments:error.tooMany', params: { count: 6, files: 5 } }] } });
    const large = Buffer.alloc(7 * 1024 * 1024, 97);
    await expect(post(id, [1, 2, 3].map((at) => sent(`${at}.txt`, Buffer.concat([large, Buffer.from(String(at))]))))).rejects.toMatchObject({ details: { fields: [{ key: 'attachments:error.total' }] } });
    await expect(post(id, [sent('巨.txt', Buffer.alloc(10 * 1024 * 1024 + 1, 97))])).rejects.toMatchObject({ details: { fields: [{ key: 'attachments:error.tooLarge' }] } });
    expect(await count('opinion WHERE consultation_id = $1', [id])).toBe(0);
    expect(stored(good)).toBe(false);
  });

  test('takes nothing into the store for a consultation that is over, unknown, or of another city', async () => {
    const { id } = await openConsultation(world);
    const bytes = unique();
    world.clock.stop(CLOSES_AT);
    await expect(post(id, [sent('a.txt', bytes)])).rejects.toMatchObject({ problem: 'conflict' });
    world.clock.stop('2026-09-01T12:00:00+08:00');
    await expect(post(newId(), [sent('a.txt', bytes)])).rejects.toMatchObject({ problem: 'not_found' });
    await expect(post(id, [sent('a.txt', bytes)], { actor: anonymousActor('999802') })).rejects.toMatchObject({ problem: 'not_found' });
    expect(stored(bytes)).toBe(false);
  });

  test('the same post again, and ten at once, are one opinion with one set of files; another file under the key is refused', async () => {
    const { id } = await openConsultation(world);
    const [files, key] = [[sent('a.txt', unique()), sent('b.png', png())], randomUUID()];
    const all = await Promise.all(Array.from({ length: 10 }, () => post(id, files, { key })));
    all.push(await post(id, files, { key }));
    expect(new Set(all.map(({ opinionId, code }) => `${opinionId} ${code}`)).size).toBe(1);
    expect(await count('opinion_attachment WHERE consultation_id = $1', [id])).toBe(2);
    expect(await waiting(all[0]!.opinionId)).toHaveLength(2);
    for (const other of [[], [files[0]!], [files[1]!, files[0]!], [files[0]!, sent('c.png', png())]]) await expect(post(id, other, { key })).rejects.toMatchObject({ key: 'consultation:error.keyReused' });
  });

  test('a connection killed between upload and commit leaves a stored file that nobody names, and the same key brings it in once', async () => {
    const { id } = await openConsultation(world);
    const [bytes, key] = [unique(), randomUUID()];
    await holder.query('BEGIN');
    await holder.query('SELECT 1 FROM consultation WHERE id = $1 FOR UPDATE', [id]);
    const lost = post(id, [sent('a.txt', bytes)], { key }).then(() => 'kept', () => 'lost');
    await killed(`wait_event_type = 'Lock' AND query LIKE '%receipt_salt%'`);
    expect(await lost).toBe('lost');
    await holder.query('COMMIT');
    expect([stored(bytes), await count('opinion WHERE consultation_id = $1', [id]), await count('opinion_attachment WHERE consultation_id = $1', [id])]).toEqual([true, 0, 0]);
    await post(id, [sent('a.txt', bytes)], { key });
    expect([await count('opinion WHERE consultation_id = $1', [id]), await count('opinion_attachment WHERE consultation_id = $1', [id])]).toEqual([1, 1]);
  });
});

describe('the scan', () => {
  test('holds a file back until it is clean, and leaves the opinion as it is', async () => {
    const { posted } = await withFiles([sent('a.txt', unique())]);
    const [file] = await filesOf(posted.opinionId);
    expect([file!.scan, (await status(posted.code)).files[0]!.scan]).toEqual(['pending', 'pending']);
    const read = () => world.get(ReadAttachment).run(world.people.drafter, posted.opinionId, file!.id);
    const release = (seen: number) => world.get(ReleaseAttachment).run(world.people.drafter, posted.opinionId, file!.id, { released: true, seen });
    await expect(read()).rejects.toMatchObject({ problem: 'conflict', key: 'attachments:error.pending' });
    await expect(release(1)).rejects.toMatchObject({ key: 'attachments:error.pending' });
    await scan(posted.opinionId);
    expect((await status(posted.code)).files).toMatchObject([{ name: 'a.txt', scan: 'clean' }]);
    expect(await read()).toMatchObject({ filename: 'a.txt', mediaType: 'text/plain', scan: 'clean' });
    expect(await count(`audit_entry WHERE payload LIKE '%consultation.attachment_read%' AND payload LIKE $1`, [`%${file!.id}%`])).toBe(1);
  });

  test('keeps an infected one apart for good; the author and the department see why, each is told once', async () => {
    const { posted } = await withFiles([sent('好.txt', unique()), sent('坏.txt', EICAR)], { actor: world.people.enterprise });
    await scan(posted.opinionId);
    const [good, bad] = await filesOf(posted.opinionId);
    expect([good!.scan, bad!.scan, bad!.scanFinding]).toEqual(['clean', 'infected', 'Eicar-Test-Signature']);
    expect((await status(posted.code)).files).toMatchObject([{ scan: 'clean' }, { scan: 'infected', scanFinding: 'Eicar-Test-Signature' }]);
    await expect(world.get(ReadAttachment).run(world.people.drafter, posted.opinionId, bad!.id)).rejects.toMatchObject({ key: 'attachments:error.infected', details: { params: { name: '坏.txt', finding: 'Eicar-Test-Signature' } } });
    await expect(world.get(ReleaseAttachment).run(world.people.drafter, posted.opinionId, bad!.id, { released: true, seen: bad!.rowVersion })).rejects.toMatchObject({ key: 'attachments:error.infected' });
    const told = await rows<{ message_key: string }>(`SELECT message_key FROM notification WHERE effect_key = $1 ORDER BY 1`, [`consultation.infected/${bad!.id}`]);
    expect(told.map((row) => row.message_key)).toEqual(['attachments:notice.infected', 'attachments:notice.yours']);
    await expect(intruder.query(`UPDATE opinion_attachment SET scan = 'clean', scan_finding = NULL WHERE id = $1`, [bad!.id])).rejects.toThrow(/scanned once/);
  });

  test('that is delivered five times at once happens once', async () => {
    const { posted } = await withFiles([sent('a.txt', unique())]);
    const [event] = await waiting(posted.opinionId);
    const before = clamd.received.length;
    await Promise.all(Array.from({ length: 5 }, () => world.get(EventProcessor).process(CITY, event!.id)));
    expect(clamd.received.length - before).toBe(1);
    expect(await count(`audit_entry WHERE payload LIKE '%attachment_scanned%' AND payload LIKE $1`, [`%${posted.opinionId}%`])).toBe(1);
  });

  test('that fails is tried again, and the file waits', async () => {
    const { posted } = await withFiles([sent('a.txt', unique())]);
    clamd.up = false;
    await scan(posted.opinionId);
    const [failed] = await rows<{ last_error: string; done_at: Date | null }>(`SELECT last_error, done_at FROM outbox WHERE payload->>'opinionId' = $1 AND type LIKE '%attachment%'`, [posted.opinionId]);
    expect([failed!.last_error, failed!.done_at, (await filesOf(posted.opinionId))[0]!.scan]).toEqual([expect.stringContaining('ScanFailed: malware scan: away'), null, 'pending']);
    clamd.up = true;
    await scan(posted.opinionId);
    expect((await filesOf(posted.opinionId))[0]!.scan).toBe('clean');
  });

  test('whose connection is killed in the middle is undone and done again', async () => {
    const { posted } = await withFiles([sent('a.txt', unique())]);
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => { release = resolve; });
    clamd.before = () => held;
    const running = scan(posted.opinionId).catch((error: unknown) => error);
    await killed(`state = 'idle in transaction' AND query LIKE '%FROM opinion_attachment f%'`);
    release();
    await running;
    expect([(await filesOf(posted.opinionId))[0]!.scan, await count(`audit_entry WHERE payload LIKE '%attachment_scanned%' AND payload LIKE $1`, [`%${posted.opinionId}%`])]).toEqual(['pending', 0]);
    clamd.before = () => Promise.resolve();
    await scan(posted.opinionId);
    expect([(await filesOf(posted.opinionId))[0]!.scan, await count(`audit_entry WHERE payload LIKE '%attachment_scanned%' AND payload LIKE $1`, [`%${posted.opinionId}%`])]).toEqual(['clean', 1]);
  });
});
