/** The console's left rail: an entry shows to whoever may do its action. */
export const CONSOLE_NAV: readonly { href: string; key: string; icon: string; action: string | null }[] = [
  { href: '/console', key: 'common:console.desk', icon: 'house', action: null },
  { href: '/console/plan', key: 'common:console.plan', icon: 'calendar3', action: 'drafting.read_plan' },
  { href: '/console/city-plan', key: 'common:console.cityPlan', icon: 'calendar-check', action: 'drafting.city_plan' },
  { href: '/console/policies', key: 'common:console.policies', icon: 'file-earmark-text', action: 'drafting.read' },
  { href: '/console/circulations', key: 'circulation:inbox.title', icon: 'inbox', action: 'drafting.reply' },
  { href: '/console/consultations', key: 'common:console.consultations', icon: 'chat-left-text', action: 'consultation.read' },
  { href: '/console/funds', key: 'common:console.funds', icon: 'cash-coin', action: 'funding.read' },
  { href: '/console/arguments', key: 'procedure:argument.title', icon: 'chat-left-text', action: 'drafting.argue' },
  { href: '/console/reviews', key: 'common:console.reviews', icon: 'clipboard-check', action: 'funding.review' },
  { href: '/console/evaluations', key: 'common:console.evaluations', icon: 'bar-chart', action: 'evaluation.read' },
  { href: '/console/ledger', key: 'common:console.ledger', icon: 'journal-text', action: 'ledger.read' },
  { href: '/console/register', key: 'register:title', icon: 'list', action: 'drafting.read_register' },
  { href: '/console/statutes', key: 'statutes:desk.title', icon: 'book', action: 'statutes.read' },
  { href: '/console/admin/audit', key: 'common:console.audit', icon: 'shield-check', action: 'admin.read_audit' },
  { href: '/console/admin/people', key: 'common:console.people', icon: 'people', action: 'admin.read_people' },
  { href: '/console/admin/events', key: 'common:console.events', icon: 'gear', action: 'admin.read_events' },
];
