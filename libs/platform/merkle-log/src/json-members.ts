/** A member of the outermost object of a JSON text; of a member that is a list, one element. */
export interface JsonMember {
  key: string;
  value: unknown;
  /** An element of the list `key`, and not the member itself. */
  element: boolean;
}

/** Longer ones are no entry of a log; in characters. */
const LONGEST = 64 * 1024 * 1024;
const blank = /^\s*$/;

/**
 * Reads a JSON object in UTF-8 as it comes in, however it is laid out, and gives its members one by one, and those that are lists element by element, so that
 * a file of any length needs the memory of its longest element.
 *
 * @throws Error for what is no JSON object, or has a member twice
 */
export async function* jsonMembers(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<JsonMember> {
  const scanner = new Scanner();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for await (const chunk of chunks) yield* scanner.feed(decoder.decode(chunk, { stream: true }));
  yield* scanner.feed(decoder.decode());
  scanner.end();
}

class Scanner {
  /** Before the object, among its members, among the elements of one of them, behind a list, behind the object. */
  private place: 'before' | 'members' | 'elements' | 'behindList' | 'after' = 'before';
  private key = '';
  private readonly keys = new Set<string>();
  private part = '';
  private depth = 0;
  private inString = false;
  private escaped = false;
  /** Elements or members so far at this place: only before the first one may there be nothing before the bracket. */
  private count = 0;

  *feed(text: string): Generator<JsonMember> {
    let from = 0;
    for (let at = 0; at < text.length; at += 1) {
      const char = text[at] as string;
      if (this.inString) {
        if (this.escaped) this.escaped = false;
        else if (char === '\\') this.escaped = true;
        else if (char === '"') this.inString = false;
        continue;
      }
      if (this.place === 'before' || this.place === 'behindList' || this.place === 'after') {
        from = at + 1;
        this.between(char);
      } else if (char === '"') {
        this.inString = true;
      } else if (this.depth === 0 && char === '[' && this.place === 'members' && this.opensList(this.part + text.slice(from, at))) {
        this.part = '';
        from = at + 1;
      } else if (char === '{' || char === '[') {
        this.depth += 1;
      } else if (this.depth > 0 && (char === '}' || char === ']')) {
        this.depth -= 1;
      } else if (this.depth === 0 && (char === ',' || char === '}' || char === ']')) {
        yield* this.flush(this.part + text.slice(from, at), char);
        this.part = '';
        from = at + 1;
      }
    }
    this.part += text.slice(from);
    if (this.part.length > LONGEST) throw new Error('an element is too long');
  }

  end(): void {
    if (this.place !== 'after') throw new Error('the text ends too early');
  }

  private between(char: string): void {
    if (blank.test(char) || char === '\ufeff') return;
    if (this.place === 'before' && char === '{') this.place = 'members';
    else if (this.place === 'behindList' && char === ',') this.place = 'members';
    else if (this.place === 'behindList' && char === '}') this.place = 'after';
    else throw new Error('this is no JSON object');
  }

  /** Whether what stands before the bracket is the key of a list. */
  private opensList(before: string): boolean {
    const match = /^\s*("(?:[^"\\]|\\.)*")\s*:\s*$/s.exec(before);
    if (!match) return false;
    this.take(JSON.parse(match[1] as string) as string);
    this.place = 'elements';
    this.count = 0;
    return true;
  }

  private *flush(part: string, end: string): Generator<JsonMember> {
    const elements = this.place === 'elements';
    if (end === (elements ? '}' : ']')) throw new Error('brackets do not match');
    const empty = blank.test(part);
    if (empty && (end === ',' || this.count > 0)) throw new Error('an element is missing');
    if (!empty && elements) yield { key: this.key, value: JSON.parse(part), element: true };
    if (!empty && !elements) {
      const [key, value] = Object.entries(JSON.parse(`{${part}}`) as object)[0] as [string, unknown];
      this.take(key);
      yield { key, value, element: false };
    }
    this.count += 1;
    if (end === ',') return;
    this.place = elements ? 'behindList' : 'after';
  }

  private take(key: string): void {
    if (this.keys.has(key)) throw new Error(`the member ${key} is there twice`);
    this.keys.add(key);
    this.key = key;
  }
}
