/** Brings two drafting notes together: the one that was changed, or both, one's own first, where both were. */
export function mergeNotes(base: string, mine: string, theirs: string): string {
  if (mine === theirs || theirs === base) return mine;
  if (mine === base) return theirs;
  return `${mine}\n\n${theirs}`;
}
