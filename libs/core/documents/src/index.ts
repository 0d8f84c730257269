export type { ParsedDocument, Provision, ProvisionKind, UnrecognisedLine } from './provision';
export { parseText } from './parse-text';
export { parseDocx } from './parse-docx';
export { assertHarmlessDocx } from './zip-guard';
export { readSource, MAX_SOURCE_BYTES } from './read-source';
export { reassemble, sameText } from './reassemble';
export { diffDocuments, type ClauseChange, type DocumentDiff } from './diff-documents';
export { diffText, type TextRun } from './text-diff';
export { carryIdentity, type IdentifiedProvision } from './carry-identity';
