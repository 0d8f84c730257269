/** Controls, and marks that turn the direction of what follows or that nobody sees: `gpj.exe` is not to look like `exe.jpg`. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/gu;
/** What a file system, a shell or a header stumbles over. */
const AWKWARD = /[<>:"|?*%]/g;
/** Names that are devices on Windows, with any ending (Microsoft, Naming Files, Paths, and Namespaces). */
const RESERVED = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)/i;
const MOST = 100;

/** The last part of a path without what is not to be seen or stored, in two pieces: what it is called, and its ending in lower case (empty for none). */
export function safeName(name: string): { base: string; ending: string } {
  const last = name.normalize('NFC').replace(UNSEEN, '').replace(/^.*[/\\\u2044\u2215\u29F5\uFF0F\uFF3C]/u, '').replace(AWKWARD, '').replace(/\s+/g, ' ').trim().replace(/[. ]+$/, '');
  const dot = last.lastIndexOf('.');
  const [base, ending] = dot < 0 ? [last, ''] : [last.slice(0, dot), last.slice(dot + 1)];
  const plain = [...base.replace(/^[. ]+|[. ]+$/g, '')].slice(0, MOST).join('').trim();
  return { base: RESERVED.test(plain) ? `_${plain}` : plain, ending: ending.trim().toLowerCase() };
}
