import { type AbolitionChoices, type AbolitionDesk, type CaseWork, type DependentItem, NOT_ASKED_GROUNDS, type Preparation } from '@domains/ledger';
import { chinaDate } from '@platform/kernel';
import type { PrepareAbolitionDto } from './abolition.dto';

/** The things of one kind that hang on the policy, with the form that settles them; `slug` is the kind as it may stand in an id. */
const groupOf = (kind: string, items: DependentItem[]) => ({
  kind, slug: kind.replace('.', '-'), ways: [...new Set(items.flatMap(({ ways }) => ways))].map((way) => ({ way, key: `abolition:way.${kind}.${way}` })),
  items: items.map((item) => ({ ...item, value: `${kind}/${item.id}/${item.seen}`, wayKey: item.settlement && `abolition:way.${kind}.${item.settlement.way}` })),
  maySettle: items.some(({ maySettle }) => maySettle), open: items.filter(({ settlement }) => !settlement).length,
});

/** What the page of an abolition shows beside the policy's head. */
export function casePage(cityId: string, desk: AbolitionDesk, work: CaseWork | null, choices: AbolitionChoices | null) {
  const kinds = [...new Set((work?.items ?? []).map(({ kind }) => kind))];
  return {
    mayOpen: desk.mayOpen,
    cases: desk.cases.map((one) => ({
      ...one,
      replacementHref: one.replacedBy && `/console/policies/${one.replacedBy.id}`, consultationHref: one.consultationId && `/${cityId}/consultations/${one.consultationId}`,
      noticeHref: one.decision === 'abolish' ? `/${cityId}/notices/${one.id}` : null,
      work: work?.caseId === one.id ? {
        ...work, groups: kinds.map((kind) => groupOf(kind, work.items.filter((item) => item.kind === kind))), open: work.items.filter(({ settlement }) => !settlement).length,
        over: work.over.map((one_) => ({ ...one_, wayKey: `abolition:way.${one_.kind}.${one_.way}` })),
      } : null,
    })),
    choices: choices && {
      grounds: NOT_ASKED_GROUNDS,
      replacements: choices.replacements.map(({ id, title, documentNumber }) => ({ value: id, label: `《${title}》${documentNumber ? `（${documentNumber}）` : ''}` })),
      consultations: choices.consultations.map(({ id, title, on }) => ({ value: id, label: `${title}（${chinaDate(on)}）` })),
    },
  };
}

export const preparationOf = (dto: PrepareAbolitionDto): Preparation => ({
  opinions: dto.opinions ?? null, consultationId: dto.consultationId ?? null, opinionsGround: dto.opinionsGround ?? null, opinionsNote: dto.opinionsNote ?? '', replacedBy: dto.replacedBy ?? null,
  transition: dto.transition ?? '', effectOn: dto.proposedEffectOn ?? null,
});
