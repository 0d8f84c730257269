import fc from 'fast-check';
import { csv } from './csv';

/** Reads what RFC 4180 says, by hand. */
function parse(text: string): string[][] {
  const rows: string[][] = [];
  let [row, value, quoted] = [[] as string[], '', false];
  for (let at = 1; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (quoted && char === '"' && text[at + 1] === '"') { value += '"'; at += 1; }
    else if (char === '"') quoted = !quoted;
    else if (!quoted && char === ',') { row.push(value); value = ''; }
    else if (!quoted && char === '\r' && text[at + 1] === '\n') { row.push(value); rows.push(row); row = []; value = ''; at += 1; }
    else value += char;
  }
  return rows;
}

describe('csv', () => {
  const anything = fc.oneof(fc.string(), fc.constantFrom('=1+1', '+86', '-5', '@SUM(A1)', '\t=1', '\r\n=cmd', ' =1', '"a","b"', '政策,一'));

  it('gives every cell back, with an apostrophe where a spreadsheet would calculate', () => {
    fc.assert(fc.property(fc.array(fc.array(anything, { minLength: 2, maxLength: 4 }), { minLength: 1 }), (rows) => {
      const read = parse(csv(rows));
      expect(read.map((row) => row.map((value) => value.replace(/^'(?=\s*[=+\-@])/, '')))).toEqual(rows.map((row) => row.map((value) => value.replace(/^'(?=\s*[=+\-@])/, ''))));
      for (const value of read.flat()) expect(value).not.toMatch(/^\s*[=+\-@]/);
    }));
  });

  it('begins with a byte order mark', () => expect(csv([['名称']])).toBe('\uFEFF"名称"\r\n'));
});
