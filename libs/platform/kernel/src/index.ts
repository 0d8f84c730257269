export { type Actor, anonymousActor, type Role, ROLES, type Scope, systemActor } from './actor';
export { type Clock, fixedClock, systemClock } from './clock';
export { canonicalJson, sha256Hex } from './canonical';
export { DomainError, type FieldError, type Problem, type UnmetGate } from './domain-error';
export { newId, isId } from './ids';
export { type Transition, TransitionTable } from './transition-table';
export { fen, formatYuan, type Fen } from './money';
export { chinaDate, chinaInstant, type IsoDate } from './china-time';
export { creditCodeCheckDigit, isCreditCode } from './credit-code';
