import type { Issuer, PolicyKind } from '@core/policy';
import type { FieldError } from '@platform/kernel';
import { ARTICLES } from './articles';

/** What the drafters say of a policy so that its steps follow from it; reviewers see the reasons. */
export interface FactsInput {
  technical: boolean;
  technicalReason: string;
  publicRisk: boolean;
  publicRiskReason: string;
  issuer: Issuer;
  emergency: boolean;
  emergencyReason: string;
  /** 涉及其他部门职责: those departments are asked before review. Left out, it is no. */
  concernsOthers?: boolean | undefined;
}

export const NO_FACTS: FactsInput = {
  technical: false, technicalReason: '', publicRisk: false, publicRiskReason: '', issuer: 'department', emergency: false, emergencyReason: '',
};

interface Fault extends FieldError {
  article: string;
}

/**
 * What is missing in the facts. Of a major decision every "no" is explained, because it leaves a step of the regulation out; and an emergency is
 * explained always.
 */
export function factFaults(kind: PolicyKind, facts: FactsInput): Fault[] {
  const faults: Fault[] = [];
  const need = (field: keyof FactsInput, met: boolean, key: string, article: string): void => {
    if (!met) faults.push({ field, key: `procedure:error.${key}`, article });
  };
  const decision = kind === 'major_decision';
  need('technicalReason', !decision || facts.technical || filled(facts.technicalReason), 'technicalReason', ARTICLES.expertArgument);
  need('publicRiskReason', !decision || facts.publicRisk || filled(facts.publicRiskReason), 'publicRiskReason', ARTICLES.riskAssessment);
  need('emergencyReason', !facts.emergency || filled(facts.emergencyReason), 'emergencyReason', decision ? ARTICLES.decisionScope : ARTICLES.normativeLegality);
  return faults;
}

const filled = (text: string): boolean => text.trim() !== '';
