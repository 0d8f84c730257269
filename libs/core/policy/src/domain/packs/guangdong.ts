import { parameter } from '@core/statutes';
import type { KindProcedure, RulePack } from '../procedure';
import { NATIONAL } from './national';

const VERSION = '2026-01-01';
const validity = parameter('nrd.validity.GD', VERSION);

const limited = (kind: KindProcedure): KindProcedure => ({
  ...kind, validity: { years: validity.value.y, trialYears: validity.value.trial_y, article: validity.source.zh },
});

/** Guangdong: the national steps, and normative documents in force for five years at most, trial ones for three (粤府令第277号). */
export const GUANGDONG: RulePack = {
  id: 'GD', version: VERSION,
  kinds: {
    ...NATIONAL.kinds,
    normative_document: limited(NATIONAL.kinds.normative_document),
    policy_document: limited(NATIONAL.kinds.policy_document),
  },
};
