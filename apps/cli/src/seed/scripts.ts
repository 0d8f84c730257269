import { firstText, industryPolicy, type OtherPolicyContent } from './content';
import type { PolicyScript } from './life';
import { cardOf } from './pictures';

/** The full-size policy as the director plays it. */
export function industryScript(): PolicyScript {
  const { department, kind, title, summary, topics, audience, affectsMarket, draftingNote, consultation, interpretationPlan, textInterpretation, pictures } = industryPolicy;
  return {
    department, kind, title, summary, topics, audience, affectsMarket, text: firstText, draftingNote, purpose: consultation.purpose,
    interpretation: {
      audience: interpretationPlan.audience, keyPoints: interpretationPlan.keyPoints,
      title: textInterpretation.title, body: textInterpretation.body, clauseIds: textInterpretation.clauseIds, pictures,
    },
  };
}

/** One of the shorter policies as the director plays it. What a policy in its early state does not have yet is never asked for. */
export function scriptOf(policy: OtherPolicyContent): PolicyScript {
  return {
    department: policy.department, kind: policy.kind, title: policy.title, summary: policy.summary, topics: policy.topics, audience: policy.audience,
    affectsMarket: policy.affectsMarket, text: policy.text ?? '', draftingNote: policy.draftingNote ?? '', purpose: policy.purpose ?? policy.summary, facts: policy.facts,
    interpretation: {
      audience: policy.audience.join('、'), keyPoints: policy.summary, title: `解读：${policy.title}`, body: policy.interpretation ?? '', clauseIds: ['art_2', 'art_3'],
      pictures: cardOf(policy),
    },
  };
}
