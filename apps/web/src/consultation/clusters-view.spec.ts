import { markedRuns } from './clusters-view';

describe('markedRuns', () => {
  it.each<[string, string[], string]>([
    ['前abc中def后', ['abc', 'def'], '前[abc]中[def]后'],
    ['abcabc', ['abc', 'abc'], '[abc][abc]'],
    ['abc', ['abc'], '[abc]'],
    ['abc', [], 'abc'],
    ['abc', ['', 'x'], 'abc'],
    ['defabc', ['abc', 'def'], 'def[abc]'],
    ['', ['abc'], ''],
  ])('of %p with %p is %p', (text, passages, marked) => {
    const runs = markedRuns(text, passages);
    expect(runs.map((run) => (run.shared ? `[${run.text}]` : run.text)).join('')).toBe(marked);
    expect(runs.map((run) => run.text).join('')).toBe(text);
  });
});
