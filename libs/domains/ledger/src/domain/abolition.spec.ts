import { newId } from '@platform/kernel';
import { decisionFaults, evaluationKey, reportOf } from './abolition';

describe('decisionFaults', () => {
  const abolish = { decision: 'abolish' as const, reason: '目的已经实现', noticeText: '自即日起废止。', effectOn: '2026-03-01' };
  const fields = (content: Parameters<typeof decisionFaults>[0]): string[] => decisionFaults(content, '2026-03-01').map((fault) => fault.field);

  it('takes an abolition from today on, with a reason', () => {
    expect(fields(abolish)).toEqual([]);
    expect(fields({ ...abolish, effectOn: '2026-02-28' })).toEqual(['effectOn']);
    expect(fields({ ...abolish, effectOn: '2026-02-30' })).toEqual(['effectOn']);
    expect(fields({ ...abolish, effectOn: null, noticeText: ' ', reason: '' })).toEqual(['reason', 'effectOn']);
  });

  it('asks nothing but the reason of a policy that stays', () => {
    expect(fields({ decision: 'keep', reason: '仍有必要', noticeText: '', effectOn: null })).toEqual([]);
    expect(fields({ decision: 'keep', reason: '', noticeText: '', effectOn: null })).toEqual(['reason']);
  });
});

describe('reportOf', () => {
  it('finds the report in its key and nothing in another', () => {
    const id = newId();
    expect(reportOf(evaluationKey(id))).toBe(id);
    expect(reportOf(`manual/${id}`)).toBeNull();
    expect(reportOf('evaluation/x')).toBeNull();
  });
});
