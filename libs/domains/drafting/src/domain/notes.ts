/** Brings two drafting notes together: the one that was changed, or both, one's own first, where both were. */
export function mergeNotes(base: string, mine: string, theirs: string): string {
  if (mine === theirs || theirs === base) return mine;
  if (mine === base) return theirs;
  return `${mine}\n\n${theirs}`;
}

const REVISES = '修订对象：';

/** How the drafting note of a revision begins: which policy in force its text was taken from. */
export function revisionNote(target: { title: string; documentNumber: string | null; effectiveFrom: string | null }): string {
  const [year = '', month = '', day = ''] = target.effectiveFrom?.split('-') ?? [];
  const since = year === '' ? '' : `，自${year}年${Number(month)}月${Number(day)}日起施行`;
  return `${REVISES}《${target.title}》（${target.documentNumber ?? '无文号'}${since}）。本稿以现行文本为底稿，修改之处见修改对照表。`;
}

/** Whether anybody has written a note: the line that a revision begins with explains nothing. */
export const isWritten = (note: string): boolean => note.split('\n').some((line) => line.trim() !== '' && !line.startsWith(REVISES));
