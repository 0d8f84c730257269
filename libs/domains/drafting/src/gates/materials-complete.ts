import { attachmentsFor, type Gate } from '@core/policy';
import type { UnmetGate } from '@platform/kernel';
import { sectionsOf } from '../domain/note-sections';
import { materialsOf, procedureOf } from '../persistence/procedure';

const GATE = 'drafting.materials_complete';

/**
 * Before review: each section that the drafting note must have, and each file that the kind of document must bring, is there. The summary of what the
 * public said may stand in the note instead.
 */
export const materialsComplete: Gate = {
  key: 'drafting.materials_complete',
  on: ['submit_for_review'],
  async check(tx, policy) {
    const { pack, facts } = await procedureOf(tx, policy);
    const { note } = pack.kinds[policy.kind];
    const wanted = attachmentsFor(pack, policy.kind, facts);
    if (note.sections.length === 0 && wanted.length === 0) return [];
    const { draftingNote, kinds } = await materialsOf(tx, policy.id);
    const sections = sectionsOf(draftingNote);
    const filed = new Set<string>(kinds);
    if (sections.has('consultation')) filed.add('consultation_summary');
    return [
      ...note.sections.filter((section) => !sections.has(section)).map((section): UnmetGate => ({ gate: GATE, key: `procedure:gate.section.${section}`, article: note.article })),
      ...wanted.filter(({ kind }) => !filed.has(kind)).map(({ kind, article }): UnmetGate => ({ gate: GATE, key: `procedure:gate.attachment.${kind}`, article })),
    ];
  },
};
