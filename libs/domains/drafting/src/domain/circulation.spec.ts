import fc from 'fast-check';
import { type CoordinationFact, coordinationFaults, isLate, LEVELS, mayClose, openLevels, replyFaults, replyState, settledBy } from './circulation';

const DAY = '2026-03-16';

it.each([
  ['replied', true, false, false, '2026-03-20'], ['late', true, true, false, '2026-03-20'], ['waiting', false, false, false, DAY],
  ['silent', false, false, false, '2026-03-17'], ['silent', false, false, true, '2026-03-10'],
] as const)('shows a department as %s', (state, signed, late, closed, today) => {
  expect(replyState({ replyOn: DAY, signed, late, closed }, today)).toBe(state);
});

it('never shows silence as a reply', () => {
  fc.assert(fc.property(fc.boolean(), fc.constantFrom('2026-03-01', DAY, '2026-04-01'), (closed, today) => {
    expect(['waiting', 'silent']).toContain(replyState({ replyOn: DAY, signed: false, late: false, closed }, today));
  }));
});

it('is late from the day after, or once it is closed', () => {
  expect(isLate({ replyOn: DAY, closed: false }, DAY)).toBe(false);
  expect(isLate({ replyOn: DAY, closed: false }, '2026-03-17')).toBe(true);
  expect(isLate({ replyOn: DAY, closed: true }, '2026-03-01')).toBe(true);
});

it('is closed by a person only when every reply is in or the day is past', () => {
  expect(mayClose({ replyOn: DAY, asked: 3, signed: 2 }, DAY)).toBe(false);
  expect(mayClose({ replyOn: DAY, asked: 3, signed: 2 }, '2026-03-17')).toBe(true);
  expect(mayClose({ replyOn: DAY, asked: 3, signed: 3 }, '2026-03-02')).toBe(true);
});

const fact = (level: CoordinationFact['level'], outcome: CoordinationFact['outcome'], answer: CoordinationFact['answer'] = null): CoordinationFact => ({ level, outcome, answer });

it('is settled by a confirmed agreement or a decision, and by nothing else', () => {
  expect(settledBy([])).toBeNull();
  expect(settledBy([fact('departments', 'agreed')])).toBeNull();
  expect(settledBy([fact('departments', 'agreed', 'denied'), fact('coordinator', 'unresolved')])).toBeNull();
  expect(settledBy([fact('departments', 'agreed', 'confirmed')])).toBe('agreement');
  expect(settledBy([fact('departments', 'unresolved'), fact('coordinator', 'decided')])).toBe('decision');
});

it('goes up one level at a time', () => {
  expect(openLevels([])).toEqual(['departments']);
  expect(openLevels([fact('departments', 'unresolved')])).toEqual(['departments', 'coordinator']);
  expect(openLevels([fact('departments', 'unresolved'), fact('coordinator', 'unresolved')])).toEqual([...LEVELS]);
  const record = { level: 'government', outcome: 'decided', heldOn: DAY } as const;
  expect(coordinationFaults(record, [fact('departments', 'unresolved')], DAY)).toEqual([{ field: 'level', key: 'circulation:error.levelOrder' }]);
  expect(coordinationFaults({ ...record, level: 'departments', heldOn: '2026-03-17' }, [], DAY).map(({ field }) => field)).toEqual(['outcome', 'heldOn']);
});

it('lets nobody disagree without a word, or have opinions and none', () => {
  const opinion = { identity: '', text: '标准过高' };
  expect(replyFaults('no_comment', [])).toEqual([]);
  expect(replyFaults('no_comment', [opinion])).toHaveLength(1);
  for (const stance of ['comments', 'disagree'] as const) {
    expect(replyFaults(stance, [])).toHaveLength(1);
    expect(replyFaults(stance, [opinion])).toEqual([]);
  }
});
