import type { Provision } from './provision';

/** Puts a document together again from its provisions. Equal to the source apart from white space. */
export function reassemble(provisions: (Pick<Provision, 'lead' | 'label' | 'text'> & { kind?: string })[]): string {
  return provisions.map((provision, at) => {
    // An empty line ends a table: two of them stay two, and a line with a pipe in it stays outside.
    const apart = provisions[at - 1]?.kind === 'table' ? '\n' : '';
    return `${apart}${provision.lead}${provision.label}${gap(provision)}${provision.text}`;
  }).join('\n');
}

/** 第三条 stands off from its text, （一） and 1. do not. */
function gap({ label, text }: Pick<Provision, 'label' | 'text'>): string {
  return text !== '' && /^[第附]/.test(label) ? '　' : '';
}

/** Whether two texts are equal apart from white space. */
export function sameText(one: string, other: string): boolean {
  return one.replace(/\s+/g, '') === other.replace(/\s+/g, '');
}
