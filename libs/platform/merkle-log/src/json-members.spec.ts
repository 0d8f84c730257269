import fc from 'fast-check';
import { jsonMembers } from './json-members';

async function* inChunks(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** The object put together again; a list that is empty has no member to show for it. */
async function read(text: string | Buffer, size = 7): Promise<Record<string, unknown>> {
  const found = new Map<string, unknown>();
  for await (const { key, value, element } of jsonMembers(inChunks(Buffer.from(text), size))) {
    if (element) found.set(key, [...((found.get(key) as unknown[] | undefined) ?? []), value]);
    else found.set(key, value);
  }
  return Object.fromEntries(found);
}

const withoutEmptyLists = (value: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(value).filter(([, member]) => !(Array.isArray(member) && member.length === 0)));

it('gives what JSON.parse gives, however the text is laid out and cut up', async () => {
  const key = fc.string({ unit: 'binary' }).filter((name) => name !== '__proto__');
  await fc.assert(fc.asyncProperty(fc.dictionary(key, fc.jsonValue()), fc.constantFrom(undefined, 1, '\t'), fc.integer({ min: 1, max: 40 }), async (value, space, size) => {
    const text = JSON.stringify(value, null, space);
    expect(await read(text, size)).toEqual(withoutEmptyLists(JSON.parse(text) as Record<string, unknown>));
  }));
});

it.each(['', '[]', '{', '{"a":1', '{"a":[1', '{"a":[1,]}', '{"a":[,1]}', '{"a":1}}', '{"a":1,}', '{"a":[1}]', '{"a":1]', '{"a":1,"a":2}', '{"a":[1],"a":[2]}', '{"a" 1}', '{"a":[1] 2}', '{a:1}', 'x{"a":1}', '{"a":1} x'])(
  'refuses %s', async (text) => {
    await expect(read(text)).rejects.toThrow();
  });

it('refuses what is not UTF-8', async () => {
  await expect(read(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]))).rejects.toThrow();
});
