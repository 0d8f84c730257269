import fc from 'fast-check';
import { sectionsOf } from './note-sections';

it('finds the sections of a note by their headings, numbered or not', () => {
  expect(sectionsOf('一、制定的必要性\n现行办法到期。\n\n二、制定依据\n上位规定。\n（三）主要内容：\n共五条。')).toEqual(new Set(['necessity', 'basis', 'content']));
  expect(sectionsOf('## 必要性\n到期。\n4. 征求意见情况\n收到三条。')).toEqual(new Set(['necessity', 'consultation']));
});

it('takes a heading without words, or words without a heading, for no section', () => {
  expect(sectionsOf('一、制定的必要性\n\n二、制定依据\n \n')).toEqual(new Set());
  expect(sectionsOf('制定的必要性很强，依据充分，主要内容共五条。')).toEqual(new Set());
});

it('never throws, and finds nothing in a text of one line', () => {
  fc.assert(fc.property(fc.string().filter((text) => !text.includes('\n')), (text) => sectionsOf(text).size === 0));
});
