import { labelledSet } from '../../../../test/support/campaigns/labelled-set';
import { clusterInThread } from './cluster-pool';
import { clusterTexts } from './cluster-texts';

it('gives in a thread what it gives here, and lets the event loop turn meanwhile', async () => {
  const texts = labelledSet({ seed: 12, size: 300, campaigns: 3, share: 0.4 }).map(({ id, text }) => ({ id, text }));
  let turns = 0;
  const timer = setInterval(() => { turns += 1; }, 1);
  const result = await clusterInThread(texts, { threshold: 0.3 });
  clearInterval(timer);
  expect(result).toEqual(clusterTexts(texts, { threshold: 0.3 }));
  expect(turns).toBeGreaterThan(10);
  await expect(clusterInThread(texts, { threshold: 2 })).rejects.toThrow('threshold');
});
