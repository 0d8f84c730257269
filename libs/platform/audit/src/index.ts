export { type AuditEntry, recordAudit } from './record-audit';
export { type ChainFault, type ChainLink, ChainVerifier } from './chain';
export { verifyCity, type CityVerdict } from './verify-city';
