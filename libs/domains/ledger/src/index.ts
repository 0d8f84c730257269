export type { AbolitionDecision, AbolitionSource, DecisionContent } from './domain/abolition';
export { ABOLITION_OPENED, type AbolitionOpened } from './ledger.events';
export { LedgerModule } from './ledger.module';
export { type AbolitionCase, abolitionDesk, type AbolitionNotice, abolitionNotice } from './queries/abolition-desk';
export { effectiveExport, type EffectiveFilter, type EffectiveItem, effectiveList } from './queries/effective-list';
export { type LedgerFilter, type LedgerItem, ledgerList, ledgerTimeline, type TimelineEntry } from './queries/ledger';
export { DecideAbolition } from './use-cases/decide-abolition';
export { ExpirePolicies } from './use-cases/expire-policies';
export { OpenAbolition } from './use-cases/open-abolition';
