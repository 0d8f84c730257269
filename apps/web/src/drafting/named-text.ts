import type { IdentifiedProvision } from '@core/documents';
import type { PublicTextRow } from '@core/policy';
import type { ComparableVersion } from '@domains/drafting';
import type { Lang, Translate } from '../view';

/** The words of the catalogue in the language of the reader. */
export type Words = (key: string, params?: Record<string, unknown>) => string;
export const wordsIn = (views: { translate: Translate }, lang: Lang): Words => (key, params) => views.translate(lang, key, params);

export interface NamedText {
  label: string;
  provisions: IdentifiedProvision[];
}

/** How a version is called where several stand beside each other. */
export function versionLabel({ no, state, amended }: Pick<ComparableVersion, 'no' | 'state' | 'amended'>, words: Words): string {
  if (amended) return words('editor:compare.of', { title: amended.title, number: amended.documentNumber });
  return words(state === 'draft' ? 'editor:compare.draft' : 'editor:compare.version', { no });
}

/** Public rows as the documents library reads them. */
export const publicProvisions = (rows: readonly PublicTextRow[]): IdentifiedProvision[] =>
  rows.map(({ parentId, kind, ...row }) => ({ ...row, parent: parentId, kind: kind as IdentifiedProvision['kind'], unrecognised: false }));
