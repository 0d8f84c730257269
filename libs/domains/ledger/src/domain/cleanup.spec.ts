import { cleanupDecisionFaults, type CleanupOpening, cleanupProposalFaults, endDay, openingFaults, type ProposalContent, SHEET_LIFE } from './cleanup';

const TODAY = '2026-03-02';
const fieldsOf = (faults: { field: string; key: string }[]): string[] => faults.map(({ field, key }) => `${field} ${key.replace('cleanup:error.', '')}`);

describe('an opening', () => {
  const opening: CleanupOpening = {
    title: '清理', trigger: 'periodic', reason: '定期', scope: { departmentIds: [], kinds: [], publishedFrom: null, publishedTo: null, words: '' }, proposeBy: '2026-03-20', checkBy: '2026-03-31',
  };
  it.each<[string, Partial<CleanupOpening>, string[]]>([
    ['is sound', {}, []],
    ['needs title and reason', { title: ' ', reason: '' }, ['title titleNeeded', 'reason reasonNeeded']],
    ['ends its proposals not before today and its check not before them', { proposeBy: '2026-03-01', checkBy: '2026-02-01' }, ['proposeBy inPast', 'checkBy checkBefore']],
    ['takes the same day for both', { proposeBy: TODAY, checkBy: TODAY }, []],
    ['knows days that exist', { proposeBy: '2026-02-30', checkBy: 'x' }, ['proposeBy badDay', 'checkBy badDay']],
    ['has a scope in order', { scope: { ...opening.scope, publishedFrom: '2026-02-01', publishedTo: '2026-01-01', departmentIds: ['x'], words: 'x'.repeat(51) } }, ['departmentIds noDepartment', 'words wordsLong', 'publishedTo daysTurned']],
  ])('%s', (_name, more, faults) => expect(fieldsOf(openingFaults({ ...opening, ...more }, TODAY))).toEqual(faults));
});

describe('a proposal', () => {
  const content: ProposalContent = { proposal: 'keep', reason: '理由', amendWhat: '', amendBy: null, effectOn: null, replacedBy: null };
  const ground = { today: TODAY, effectiveFrom: '2026-01-01', effectiveTo: '2026-06-30' };
  it.each<[string, Partial<ProposalContent>, string[]]>([
    ['keeps with a reason', {}, []],
    ['keeps not without', { reason: '\n' }, ['reason reasonNeeded']],
    ['amends what, by a day within five years', { proposal: 'amend' }, ['amendWhat amendWhatNeeded', 'amendBy badDay']],
    ['amends not in the past', { proposal: 'amend', amendWhat: '第二条', amendBy: '2026-03-01' }, ['amendBy inPast']],
    ['amends not in a lifetime', { proposal: 'amend', amendWhat: '第二条', amendBy: '2032-01-01' }, ['amendBy tooFar']],
    ['ends on the day of the decision unless it says when', { proposal: 'lapse' }, []],
    ['ends on its last day at the latest', { proposal: 'abolish', effectOn: '2026-06-30' }, []],
    ['ends not after it has ended by itself', { proposal: 'abolish', effectOn: '2026-07-01' }, ['effectOn endsBefore']],
    ['ends not in the past', { proposal: 'abolish', effectOn: '2026-03-01' }, ['effectOn inPast']],
    ['does not mind an end that is not proposed', { effectOn: 'x', amendBy: 'x' }, []],
  ])('%s', (_name, more, faults) => expect(fieldsOf(cleanupProposalFaults({ ...content, ...more }, ground))).toEqual(faults));

  it('ends nothing on the day on which it begins', () => {
    expect(fieldsOf(cleanupProposalFaults({ ...content, proposal: 'lapse', effectOn: TODAY }, { ...ground, effectiveFrom: TODAY }))).toEqual(['effectOn notBegun']);
  });
});

it('ends on the day that was proposed, and never on one that is past', () => {
  expect([endDay(null, TODAY), endDay('2026-03-01', TODAY), endDay(TODAY, TODAY), endDay('2026-05-01', TODAY)]).toEqual([TODAY, TODAY, TODAY, '2026-05-01']);
});

it('is decided with a number and a text', () => {
  expect(fieldsOf(cleanupDecisionFaults({ number: ' ', text: '' }))).toEqual(['number numberNeeded', 'text textNeeded']);
});

it('a list that was agreed is opened again by a document alone, and not sent back', () => {
  expect(() => SHEET_LIFE.require('send_back', 'agreed')).toThrow();
  expect(SHEET_LIFE.require('reopen', 'agreed').to).toBe('open');
});
