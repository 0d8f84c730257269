export type { ParsedDocument, Provision, ProvisionKind, UnrecognisedLine } from './provision';
export { parseText } from './parse-text';
export { reassemble, sameText } from './reassemble';
