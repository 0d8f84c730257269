import type { KindProcedure, RulePack } from '../procedure';
import { NATIONAL } from './national';

const limited = (kind: KindProcedure): KindProcedure => ({ ...kind, validity: { parameter: 'nrd.validity.GD' } });

/** Guangdong: the national steps, and normative documents in force for five years at most, trial ones for three (粤府令第277号). */
export const GUANGDONG: RulePack = {
  id: 'GD', version: '2026-01-01',
  kinds: {
    ...NATIONAL.kinds,
    normative_document: limited(NATIONAL.kinds.normative_document),
    policy_document: limited(NATIONAL.kinds.policy_document),
  },
};
