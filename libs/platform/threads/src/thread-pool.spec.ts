import { join } from 'node:path';
import { ThreadPool } from './index';

type Input = { do: string; bytes?: Uint8Array };

describe('ThreadPool', () => {
  const pools: ThreadPool<Input, unknown>[] = [];
  const pool = (limits: { size?: number; waiting?: number; timeoutMs?: number; memoryMb?: number; idleMs?: number } = {}): ThreadPool<Input, unknown> => {
    const made = new ThreadPool<Input, unknown>({
      file: join(__dirname, '../../../../test/support/threads/odd.thread.ts'), size: 1, waiting: 8, timeoutMs: 20_000, memoryMb: 64, ...limits,
    });
    pools.push(made);
    return made;
  };
  afterEach(async () => { for (const made of pools.splice(0)) await made.close(); });

  it('gives back what the work returns, one piece after another', async () => {
    const one = pool();
    const results = await Promise.all([one.run({ do: 'a', bytes: Buffer.from('abc') }), one.run({ do: 'b' })]);
    expect(results).toEqual([{ what: 'a', length: 3 }, { what: 'b', length: 0 }]);
  });

  it('throws what the work throws, a refusal as such, and goes on', async () => {
    const one = pool();
    await expect(one.run({ do: 'refuse' })).rejects.toMatchObject({
      name: 'DomainError', problem: 'invalid', key: 'documents:error.empty', details: { fields: [{ field: 'text', key: 'k' }], params: { megabytes: 3 } },
    });
    await expect(one.run({ do: 'fail' })).rejects.toThrow('broken');
    await expect(one.run({ do: 'unsendable' })).rejects.toThrow(/could not be cloned/);
    await expect(one.run({ do: 'sent', bytes: (() => undefined) as unknown as Uint8Array })).rejects.toThrow(/could not be cloned/);
    expect(await one.run({ do: 'next' })).toMatchObject({ what: 'next' });
  });

  it.each([['exit', 20_000, 'ended'], ['hoard', 20_000, 'ended'], ['spin', 3_000, 'timeout']])('replaces a thread after %s', async (what, timeoutMs, reason) => {
    const one = pool({ timeoutMs });
    const [bad, good] = await Promise.allSettled([one.run({ do: what }), one.run({ do: 'next' })]);
    expect(bad).toMatchObject({ status: 'rejected', reason: { name: 'ThreadError', reason } });
    expect(good).toMatchObject({ status: 'fulfilled', value: { what: 'next' } });
  });

  it('refuses what is more than may wait', async () => {
    const one = pool({ waiting: 1 });
    const results = await Promise.allSettled([one.run({ do: 'wait' }), one.run({ do: 'b' }), one.run({ do: 'c' })]);
    expect(results.map((r) => (r.status === 'fulfilled' ? r.value : r.reason as unknown))).toMatchObject([{ what: 'wait' }, { what: 'b' }, { reason: 'busy' }]);
  });

  it('lets the event loop turn while a thread works', async () => {
    const one = pool({ timeoutMs: 3_000 });
    let turns = 0;
    const timer = setInterval(() => { turns += 1; }, 50);
    await expect(one.run({ do: 'spin' })).rejects.toMatchObject({ reason: 'timeout' });
    clearInterval(timer);
    expect(turns).toBeGreaterThan(10);
  });

  it('starts anew after it rested, and refuses what is under way when it is closed', async () => {
    const one = pool({ idleMs: 1 });
    await one.run({ do: 'a' });
    await new Promise((resolve) => { setTimeout(resolve, 100); });
    const open = one.run({ do: 'wait' });
    await Promise.all([one.close(), expect(open).rejects.toMatchObject({ reason: 'ended' })]);
    expect(await one.run({ do: 'b' })).toMatchObject({ what: 'b' });
  });
});
