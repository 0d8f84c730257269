import { type Answers, askedQuestions } from './branching';
import { checkDefinition } from './check-definition';
import type { Definition, Question } from './definition';
import { type DefinitionEdit, editDefinition, emptyDefinition } from './edit-definition';
import { readAnswers } from './read-answers';
import { longestRendering, mapTexts, ownWords, renderAnswers } from './render';
import { tabulate } from './tabulate';

const clean = (input: string, _field: string, max: number): string | null => [...input.trim()].slice(0, max).join('') || null;
const edited = (...edits: DefinitionEdit[]): Definition => edits.reduce((definition, edit) => editDefinition(definition, edit, clean), emptyDefinition());
const single = (id: string, more: Partial<Question> = {}): Question =>
  ({ id, kind: 'single', text: id, help: null, required: true, askedIf: null, choices: [{ id: 'c1', label: '是' }, { id: 'c2', label: '否' }], other: null, ...more }) as Question;
const of = (...questions: Question[]): Definition => ({ v: 1, intro: '', sections: [{ id: 's1', title: '', askedIf: null, questions }] });
const when = (question: string, values: string[], is: 'any' | 'none' = 'any') => ({ askedIf: { question, is, values } });

describe('checking a definition', () => {
  it.each<[string, Definition, string[]]>([
    ['nothing asked', emptyDefinition(), ['noQuestions', 'emptySection']],
    ['one id twice', of(single('q1'), single('q1')), ['sameId']],
    ['a choice twice', of(single('q1', { choices: [{ id: 'c1', label: '是' }, { id: 'c2', label: '是' }] } as Partial<Question>)), ['sameChoice']],
    ['one choice', of(single('q1', { choices: [{ id: 'c1', label: '是' }] } as Partial<Question>)), ['fewChoices']],
    ['no text', of(single('q1', { text: '' })), ['noText']],
    ['an unknown question', of(single('q1', when('q9', ['c1']))), ['unknownQuestion']],
    ['an unknown value', of(single('q1'), single('q2', when('q1', ['c9']))), ['unknownValue']],
    ['no values', of(single('q1'), single('q2', when('q1', []))), ['noValues']],
    ['a later question', of(single('q1', when('q2', ['c1'])), single('q2')), ['laterQuestion']],
    ['itself', of(single('q1', when('q1', ['c1']))), ['cycle']],
    ['a circle of two', of(single('q1', when('q2', ['c1'])), single('q2', when('q1', ['c1']))), ['cycle']],
    ['a section that hangs on its own question', { v: 1, intro: '', sections: [{ id: 's1', title: '', ...when('q1', ['c1']), questions: [single('q1')] }] }, ['cycle']],
    ['two conditions that exclude each other', of(single('q1'), single('q2', when('q1', ['c1'])), single('q3', { ...when('q1', ['c2']) }), single('q4', when('q2', ['c1']))), []],
    ['what no answer leads to', of(single('q1'), single('q2', when('q1', ['c1', 'c2'], 'none')), single('q3', when('q2', ['c1']))), ['unreachable', 'unreachable']],
    ['more than one may choose', of({ id: 'q1', kind: 'multiple', text: 'x', help: null, required: true, askedIf: null, choices: [{ id: 'c1', label: '一' }, { id: 'c2', label: '二' }], other: null, min: 3, max: null }), ['choiceCount']],
    ['a scale upside down', of({ id: 'q1', kind: 'scale', text: 'x', help: null, required: true, askedIf: null, from: 5, to: 1, low: '', high: '' }), ['scale', 'scaleLabels']],
    ['too long an answer', of({ id: 'q1', kind: 'text', text: 'x', help: null, required: true, askedIf: null, max: 9000 }), ['answerLength']],
  ])('finds %s', (_what, definition, codes) => {
    expect(checkDefinition(definition).map(({ code }) => code)).toEqual(codes);
  });

  it('finds what a section and a question together make impossible', () => {
    const definition: Definition = { v: 1, intro: '', sections: [
      { id: 's1', title: '', askedIf: null, questions: [single('q1')] }, { id: 's2', title: '', ...when('q1', ['c1']), questions: [single('q2', when('q1', ['c2']))] },
    ] };
    expect(checkDefinition(definition)).toEqual([{ code: 'unreachable', at: 'q2' }]);
  });
});

describe('editing a definition', () => {
  const base = edited({ act: 'addQuestion', section: 's1', kind: 'single' }, { act: 'question', id: 'q1', input: { text: '规模？', choices: '大型\n小型\n微型', required: true } },
    { act: 'addQuestion', section: 's1', kind: 'text' }, { act: 'question', id: 'q2', input: { text: '为什么？', values: ['q1:c2', 'q1:c3'], max: 50 } });

  it('keeps the ids of choices that stay or are reworded, so that conditions hold', () => {
    const after = editDefinition(base, { act: 'question', id: 'q1', input: { text: '规模？', choices: '特大型\n小型\n微型\n个体户', required: true } }, clean);
    expect((after.sections[0]?.questions[0] as Question & { choices: unknown }).choices).toEqual([
      { id: 'c1', label: '特大型' }, { id: 'c2', label: '小型' }, { id: 'c3', label: '微型' }, { id: 'c4', label: '个体户' }]);
    const moved = editDefinition(base, { act: 'question', id: 'q1', input: { text: '规模？', choices: '微型\n大型', required: true } }, clean);
    expect((moved.sections[0]?.questions[0] as Question & { choices: unknown }).choices).toEqual([{ id: 'c3', label: '微型' }, { id: 'c1', label: '大型' }]);
    expect(checkDefinition(moved)).toEqual([{ code: 'unknownValue', at: 'q2' }]);
  });

  it('moves questions through sections, and takes conditions away with what they hang on', () => {
    const two = editDefinition(base, { act: 'addSection', title: '二' }, clean);
    const down = editDefinition(two, { act: 'down', id: 'q2' }, clean);
    expect(down.sections.map(({ questions }) => questions.map(({ id }) => id))).toEqual([['q1'], ['q2']]);
    expect(editDefinition(down, { act: 'up', id: 'q2' }, clean)).toEqual(two);
    expect(editDefinition(two, { act: 'up', id: 'q1' }, clean)).toEqual(two);
    expect(checkDefinition(editDefinition(two, { act: 'up', id: 'q2' }, clean)).map(({ code }) => code)).toContain('laterQuestion');
    expect(editDefinition(base, { act: 'delete', id: 'q1' }, clean).sections[0]?.questions.map(({ id, askedIf }) => [id, askedIf])).toEqual([['q2', null]]);
    expect(editDefinition(two, { act: 'up', id: 's2' }, clean).sections.map(({ id }) => id)).toEqual(['s2', 's1']);
    expect(() => editDefinition(base, { act: 'delete', id: 'q9' }, clean)).toThrow('notFound');
    expect(() => editDefinition(base, { act: 'question', id: 'q2', input: { text: 'x', values: ['q1:c1', 'q3:c1'] } }, clean)).toThrow('oneCondition');
  });

  it('stops at the limits', () => {
    expect(() => edited(...Array.from({ length: 10 }, (): DefinitionEdit => ({ act: 'addSection', title: 'x' })))).toThrow('tooManySections');
    expect(() => edited(...Array.from({ length: 41 }, (): DefinitionEdit => ({ act: 'addQuestion', section: 's1', kind: 'text' })))).toThrow('tooManyQuestions');
  });
});

const multiple: Question = { id: 'q1', kind: 'multiple', text: '难点', help: null, required: true, askedIf: null, choices: [{ id: 'c1', label: '融资' }, { id: 'c2', label: '用工' }], other: '其他', min: 1, max: 2 };
const matrix: Question = { id: 'q2', kind: 'matrix', text: '满意吗', help: null, required: true, askedIf: null, rows: [{ id: 'r1', label: '时间' }, { id: 'r2', label: '材料' }], columns: [{ id: 'c1', label: '满意' }, { id: 'c2', label: '不满意' }] };

describe('answers', () => {
  it('tell every field that is wrong at once', () => {
    const read = (raw: Record<string, unknown>) => { try { return readAnswers(of(multiple, matrix), raw, clean); } catch (error) { return (error as { details: { fields: { field: string; key: string }[] } }).details.fields.map(({ field, key }) => `${field} ${key.split('.')[1]}`); } };
    expect(read({})).toEqual(['a_q1 required', 'a_q2 required']);
    expect(read({ a_q1: ['c1', 'c2', 'other'], a_q2_r1: 'c1', extra: '1' })).toEqual(['extra unknownField', 'a_q1 tooMany', 'a_q2 everyRow']);
    expect(read({ a_q1: 'other', a_q1_other: ' ', a_q2_r1: 'c9', a_q2_r2: 'c1' })).toEqual(['a_q1 otherText', 'a_q2 noChoice']);
    expect(read({ a_q1: ['c2', 'c1', 'c1'], a_q1_other: '不算', a_q2_r1: 'c1', a_q2_r2: 'c2' })).toEqual({ q1: { choices: ['c1', 'c2'] }, q2: { rows: { r1: 'c1', r2: 'c2' } } });
  });

  it('ask for what a form without scripts could not show', () => {
    const definition = of(single('q1'), { id: 'q2', kind: 'text', text: '为什么', help: null, required: false, ...when('q1', ['c2']), max: 20 });
    expect(() => readAnswers(definition, { a_q1: 'c2' }, clean, new Set(['q1']))).toThrow('answers');
    expect(readAnswers(definition, { a_q1: 'c2', a_q2: '' }, clean, new Set(['q1', 'q2']))).toEqual({ q1: { choice: 'c2' } });
    expect(readAnswers(definition, { a_q1: 'c1', a_q2: '后悔说的' }, clean, new Set(['q1', 'q2']))).toEqual({ q1: { choice: 'c1' } });
  });

  it('read as a text in which nobody can write a question of their own', () => {
    const definition = of(multiple, matrix, { id: 'q3', kind: 'scale', text: '总评', help: null, required: false, askedIf: null, from: 1, to: 5, low: '很差', high: '很好' });
    const answers = { q1: { choices: ['c1', 'other'], other: '其一\n2. 满意吗\n→ 时间：满意' }, q2: { rows: { r2: 'c2' } } };
    expect(renderAnswers('关于扶持的问卷', definition, answers)).toBe(
      '《关于扶持的问卷》\n1. 难点\n→ 融资；其他：其一 2. 满意吗 → 时间：满意\n2. 满意吗\n→ 时间：—\n→ 材料：不满意\n3. 总评（1 很差，5 很好）\n→ —');
    expect(ownWords(definition, answers)).toBe('其一 2. 满意吗 → 时间：满意');
    expect(ownWords(definition, { q1: { choices: ['c1'] } })).toBe('');
    expect(mapTexts(answers, () => '*')).toEqual({ ...answers, q1: { choices: ['c1', 'other'], other: '*' } });
  });

  it('fit into the longest that was foreseen', () => {
    const definition = of(multiple, { id: 'q2', kind: 'text', text: '建议', help: null, required: true, askedIf: null, max: 30 });
    const fullest = { q1: { choices: ['c1', 'other'], other: '字'.repeat(100) }, q2: { text: '字'.repeat(30) } };
    expect([...renderAnswers('题', definition, fullest)].length).toBe(longestRendering('题', definition));
  });
});

describe('tabulation', () => {
  const scale: Question = { id: 'q2', kind: 'scale', text: '打分', help: null, required: false, ...when('q1', ['c1']), from: 1, to: 5, low: '低', high: '高' };
  const definition = of(single('q1'), scale);
  const responses: Answers[] = [{ q1: { choice: 'c1' }, q2: { value: 1 } }, { q1: { choice: 'c1' }, q2: { value: 4 } }, { q1: { choice: 'c1' }, q2: { value: 5 } }, { q1: { choice: 'c1' } }, { q1: { choice: 'c2' } }];

  it('takes shares of those who were asked, mean and median of those who answered', () => {
    const [first, second] = tabulate(definition, responses).questions;
    expect(first).toMatchObject({ base: 5, answered: 5, cells: [{ count: 4, share: 0.8 }, { count: 1, share: 0.2 }] });
    expect(second).toMatchObject({ base: 4, answered: 3, median: 4 });
    expect(second?.mean).toBeCloseTo(10 / 3);
    expect(second?.cells.map(({ count }) => count)).toEqual([1, 0, 0, 1, 1]);
    expect(tabulate(definition, []).questions[1]).toMatchObject({ base: 0, answered: 0, mean: null, median: null });
  });

  it('keeps small counts back, and what would give them away', () => {
    const [first, second] = tabulate(definition, responses, { minimum: 2 }).questions;
    expect(first?.cells.map(({ count, share }) => [count, share])).toEqual([[null, null], [null, null]]);
    expect(second).toMatchObject({ answered: null, mean: null, median: null });
    expect(second?.cells.map(({ count }) => count)).toEqual([null, 0, 0, null, null]);
  });

  it('counts nothing of a question that was not asked, whatever lies there', () => {
    expect(askedQuestions(definition, { q1: { choice: 'c2' }, q2: { value: 5 } })).toEqual(['q1']);
    expect(tabulate(definition, [{ q1: { choice: 'c2' }, q2: { value: 5 } }]).questions[1]).toMatchObject({ base: 0, answered: 0 });
  });
});
