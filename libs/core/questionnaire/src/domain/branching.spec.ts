import fc from 'fast-check';
import { type Answer, type Answers, askedQuestions } from './branching';
import { checkDefinition } from './check-definition';
import { type Condition, conditionValues, type Definition, OTHER, type Question, questionsOf, scaleValues } from './definition';
import { fieldOf, otherFieldOf, readAnswers, rowFieldOf } from './read-answers';
import { longestRendering, ownWords, renderAnswers } from './render';
import { tabulate } from './tabulate';

const clean = (input: string, _field: string, max: number): string | null => [...input.trim()].slice(0, max).join('') || null;
const choice = (at: number) => ({ id: `c${at}`, label: `选项${at}` });

/** A question of any kind, small enough that all its answers can be gone through. */
const question = (id: string): fc.Arbitrary<Question> => {
  const common = fc.record({ required: fc.boolean() }).map(({ required }) => ({ id, text: `问题${id}`, help: null, required, askedIf: null }));
  const choices = fc.integer({ min: 2, max: 3 }).map((count) => Array.from({ length: count }, (_none, at) => choice(at + 1)));
  const other = fc.constantFrom(null, '其他');
  return fc.oneof(
    fc.record({ common, choices, other }).map(({ common: base, ...rest }): Question => ({ ...base, kind: 'single', ...rest })),
    fc.record({ common, choices, other, min: fc.constantFrom(null, 1, 2), max: fc.constantFrom(null, 2) }).map(({ common: base, ...rest }): Question => ({ ...base, kind: 'multiple', ...rest })),
    common.map((base): Question => ({ ...base, kind: 'scale', from: 1, to: 3, low: '低', high: '高' })),
    common.map((base): Question => ({ ...base, kind: 'text', max: 20 })),
    common.map((base): Question => ({ ...base, kind: 'matrix', rows: [{ id: 'r1', label: '行一' }, { id: 'r2', label: '行二' }], columns: [choice(1), choice(2)] })),
  );
};

/** Two sections of up to five questions, with conditions on whatever comes before. */
const definition: fc.Arbitrary<Definition> = fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 2 })).chain(([first, second]) =>
  fc.tuple(...Array.from({ length: first + second }, (_none, at) => question(`q${at + 1}`))).chain((questions) => {
    const conditionFor = (before: readonly Question[]): fc.Arbitrary<Condition | null> => {
      const targets = before.filter((one) => conditionValues(one).length > 0);
      if (targets.length === 0) return fc.constant(null);
      return fc.option(fc.constantFrom(...targets).chain((target) => fc.record({
        question: fc.constant(target.id), is: fc.constantFrom<'any' | 'none'>('any', 'none'), values: fc.subarray(conditionValues(target).map(({ id }) => id), { minLength: 1 }),
      })), { freq: 3 });
    };
    return fc.tuple(conditionFor(questions.slice(0, first)), ...questions.map((_one, at) => conditionFor(questions.slice(0, at)))).map(([section, ...own]): Definition => {
      const asked = questions.map((one, at) => ({ ...one, askedIf: own[at] ?? null }));
      return { v: 1, intro: '', sections: [{ id: 's1', title: '', askedIf: null, questions: asked.slice(0, first) }, { id: 's2', title: '后', askedIf: section, questions: asked.slice(first) }] };
    });
  }));

/** Every way of answering a question, leaving it open among them where that is allowed. */
function waysOf(one: Question): (Answer | undefined)[] {
  const open = one.required ? [] : [undefined];
  const withOther = (ids: string[]): { other?: string } => (ids.includes(OTHER) ? { other: '自己的话' } : {});
  const ids = conditionValues(one).map(({ id }) => id);
  switch (one.kind) {
    case 'single': return [...open, ...ids.map((id) => ({ choice: id, ...withOther([id]) }))];
    case 'multiple': return [...open, ...ids.reduce<string[][]>((sets, id) => [...sets, ...sets.map((set) => [...set, id])], [[]])
      .filter((set) => set.length >= (one.min ?? 1) && set.length <= (one.max ?? ids.length)).map((choices) => ({ choices, ...withOther(choices) }))];
    case 'scale': return [...open, ...scaleValues(one).map((value) => ({ value }))];
    case 'text': return [...open, { text: '一句话' }];
    case 'matrix': return [...open, { rows: { r1: 'c1', r2: 'c2' } }];
  }
}

const everyAnswering = (all: readonly Question[]): Answers[] => all.reduce<Record<string, Answer>[]>((before, one) =>
  before.flatMap((answers) => waysOf(one).map((way) => (way ? { ...answers, [one.id]: way } : answers))), [{}]);

/** An answer as the fields of a form. */
function fields(id: string, answer: Answer): Record<string, unknown> {
  if ('rows' in answer) return Object.fromEntries(Object.entries(answer.rows).map(([row, value]) => [rowFieldOf(id, row), value]));
  const main = 'choice' in answer ? answer.choice : 'choices' in answer ? answer.choices : 'value' in answer ? String(answer.value) : answer.text;
  return { [fieldOf(id)]: main, ...('other' in answer && answer.other ? { [otherFieldOf(id)]: answer.other } : {}) };
}

const formOf = (answers: Answers): Record<string, unknown> => Object.assign({}, ...Object.entries(answers).map(([id, answer]) => fields(id, answer))) as Record<string, unknown>;

describe('random questionnaires', () => {
  it('are unreachable exactly where no way of answering leads', () => {
    fc.assert(fc.property(definition.filter((one) => !checkDefinition(one).some(({ code }) => code === 'choiceCount')), (one) => {
      const all = questionsOf(one).map(({ question: each }) => each);
      const reached = new Set(everyAnswering(all).flatMap((answers) => askedQuestions(one, answers)));
      expect(checkDefinition(one)).toEqual(all.filter(({ id }) => !reached.has(id)).map(({ id }) => ({ code: 'unreachable', at: id })));
    }), { numRuns: 300 });
  });

  it('take what is asked, drop what is not, and give the same again from what they took', () => {
    fc.assert(fc.property(definition.chain((one) => fc.tuple(fc.constant(one), fc.nat())), ([one, pick]) => {
      const ways = everyAnswering(questionsOf(one).map(({ question: each }) => each));
      const sent = ways[pick % ways.length] ?? {};
      const taken = readAnswers(one, formOf(sent), clean);
      const asked = askedQuestions(one, taken);
      expect(asked).toEqual(askedQuestions(one, sent));
      expect(Object.keys(taken)).toEqual(Object.keys(sent).filter((id) => asked.includes(id)));
      expect(readAnswers(one, formOf(taken), clean, new Set(asked))).toEqual(taken);
      // What nobody was asked is nowhere in what is kept of it.
      const text = renderAnswers('题目', one, taken);
      for (const { question: each, no } of questionsOf(one)) expect(text.split('\n').some((line) => line.startsWith(`${no}. ${each.text}`))).toBe(asked.includes(each.id));
      expect([...text].length).toBeLessThanOrEqual(longestRendering('题目', one));
      for (const line of ownWords(one, taken).split('\n')) expect(text).toContain(line);
    }), { numRuns: 300 });
  });

  it('refuse an answer that is missing where it must not be, and any rubbish, without failing', () => {
    fc.assert(fc.property(definition, fc.dictionary(fc.constantFrom('a_q1', 'a_q2', 'a_q3', 'a_q1_other', 'a_q2_r1', '__proto__', 'constructor'), fc.oneof(fc.string(), fc.array(fc.string()), fc.anything())), (one, raw) => {
      try {
        const taken = readAnswers(one, raw, clean);
        const asked = askedQuestions(one, taken);
        for (const { question: each } of questionsOf(one)) if (each.required && asked.includes(each.id)) expect(taken).toHaveProperty(each.id);
      } catch (error) {
        expect(error).toMatchObject({ problem: 'invalid', key: 'questionnaire:error.answers' });
      }
    }), { numRuns: 500 });
  });

  it('count who was asked as the base, and every choice once', () => {
    fc.assert(fc.property(definition.chain((one) => fc.tuple(fc.constant(one), fc.array(fc.nat(), { maxLength: 12 }))), ([one, picks]) => {
      const ways = everyAnswering(questionsOf(one).map(({ question: each }) => each));
      const responses = picks.map((pick) => readAnswers(one, formOf(ways[pick % ways.length] ?? {}), clean));
      const table = tabulate(one, responses);
      expect(table.responses).toBe(picks.length);
      for (const { id, kind, base, answered, cells, rows } of table.questions) {
        expect([base, answered]).toEqual([responses.filter((each) => askedQuestions(one, each).includes(id)).length, responses.filter((each) => each[id]).length]);
        if (kind === 'single' || kind === 'scale') expect(cells.reduce((sum, { count }) => sum + (count ?? 0), 0)).toBe(answered);
        for (const row of rows) expect(row.cells.reduce((sum, { count }) => sum + (count ?? 0), 0)).toBe(answered);
      }
    }), { numRuns: 200 });
  });
});
