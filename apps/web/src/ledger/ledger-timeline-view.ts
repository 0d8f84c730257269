import type { TimelineEntry } from '@domains/ledger';

/** Where each step was taken: the part of the policy's console that it belongs to. */
const ROOM: Readonly<Record<string, string>> = {
  planned: '', imported: '', start_drafting: '', version_submitted: '', revise: '', approve: '', withdraw: '/record',
  circulation_opened: '/circulation', circulation_replied: '/circulation', circulation_closed: '/circulation',
  open_consultation: '/consultation', consultation_closed: '/consultation', consultation_extended: '/consultation', consultation_result_published: '/consultation',
  submit_for_review: '/dockets', docket_signed: '/dockets', submit_for_deliberation: '/dockets', interpretation_released: '/interpretation', call_opened: '/funding', award_decided: '/funding',
  evaluation_published: '/evaluation', amended: '/validity', partly_repealed: '/validity', extended: '/validity', abolition_opened: '/abolition', abolish: '/abolition', supersede: '/abolition', expire: '/validity',
};

/** The step of the line under which a record stands: by the state that it left the policy in, and for what happens to a document that is out by what it is. */
const STEP: Readonly<Record<string, string>> = {
  planned: 'plan', drafting: 'draft', consulting: 'consult', reviewing: 'review', deliberating: 'deliberate', approved: 'approve', published: 'publish', superseded: 'dispose', expired: 'dispose', abolished: 'dispose', withdrawn: 'dispose',
};
const stepOf = ({ name, to }: TimelineEntry): string => {
  if (name === 'evaluation_published') return 'evaluate';
  return name === 'abolition_opened' ? 'dispose' : STEP[to] ?? 'plan';
};

/** A life as it is read: its steps in their order, each with what was recorded in it. A policy that goes back to drafting comes into that step again. */
export function timelineView(events: readonly TimelineEntry[], { cityId, policyId }: { cityId: string; policyId: string }) {
  const steps: { step: string; from: Date; events: (TimelineEntry & { roomHref: string; checkpointHref: string | null; proofHref: string | null })[] }[] = [];
  for (const event of events) {
    const [step, last, room] = [stepOf(event), steps.at(-1), ROOM[event.name]];
    const shown = {
      ...event, roomHref: event.name === 'publish' ? `/${cityId}/policies/${policyId}` : `/console/policies/${policyId}${room ?? '/record'}`,
      checkpointHref: event.checkpoint && `/${cityId}/ledger/checkpoints.json?no=${event.checkpoint.no}`,
      proofHref: event.checkpoint && `/${cityId}/ledger/inclusion.json?entry=${event.logNo}&size=${event.checkpoint.size}`,
    };
    if (last?.step === step) last.events.push(shown);
    else steps.push({ step, from: event.at, events: [shown] });
  }
  return steps;
}
