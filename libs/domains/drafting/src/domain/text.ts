import { type IdentifiedProvision, reassemble } from '@core/documents';
import type { ProvisionRow } from '@core/policy';
import { sha256Hex } from '@platform/kernel';

type Text = Pick<ProvisionRow, 'kind' | 'lead' | 'label' | 'text'>[];

/** SHA-256 of the text put together again from its provisions: what reviewers and the head sign. */
export const textHashOf = (provisions: Text): string => sha256Hex(reassemble(provisions));

/** Where a clause stands, from its article down: 第十八条（一）. */
export function placeOf(provisions: readonly Pick<ProvisionRow, 'clauseId' | 'parentId' | 'kind' | 'label'>[], clause: Pick<ProvisionRow, 'parentId' | 'kind' | 'label'>): string {
  if (clause.kind === 'article') return clause.label;
  const parent = provisions.find(({ clauseId }) => clauseId === clause.parentId);
  return `${parent ? placeOf(provisions, parent) : ''}${clause.label}`;
}

/** Browsers send the line breaks of a text field as CR LF; the text has LF. */
export const withLineFeeds = (text: string): string => text.replace(/\r\n?/g, '\n');

/** Stored rows as the documents library reads them. */
export const toProvisions = (rows: readonly ProvisionRow[]): IdentifiedProvision[] =>
  rows.map(({ clauseId, parentId, kind, number, label, text, lead, unrecognised, identity }) => ({
    clauseId, parent: parentId, kind: kind as IdentifiedProvision['kind'], number, label, text, lead, unrecognised, identity,
  }));
