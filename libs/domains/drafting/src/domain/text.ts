import { type IdentifiedProvision, reassemble } from '@core/documents';
import type { ProvisionRow } from '@core/policy';
import { sha256Hex } from '@platform/kernel';

type Text = Pick<ProvisionRow, 'kind' | 'lead' | 'label' | 'text'>[];

/** SHA-256 of the text put together again from its provisions: what reviewers and the head sign. */
export const textHashOf = (provisions: Text): string => sha256Hex(reassemble(provisions));

/** Browsers send the line breaks of a text field as CR LF; the text has LF. */
export const withLineFeeds = (text: string): string => text.replace(/\r\n?/g, '\n');

/** Stored rows as the documents library reads them. */
export const toProvisions = (rows: readonly ProvisionRow[]): IdentifiedProvision[] =>
  rows.map(({ clauseId, parentId, kind, number, label, text, lead, unrecognised, identity }) => ({
    clauseId, parent: parentId, kind: kind as IdentifiedProvision['kind'], number, label, text, lead, unrecognised, identity,
  }));
