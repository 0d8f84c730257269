import { AnnounceEvent, FinishEvent, HoldEvent, InviteParticipant, readStaffEvent, RecordDelivery, RecordStatement, RegisterOpinion, SelectParticipants, SignUp, type StaffEvent } from '@domains/consultation';
import { anonymousActor, chinaInstant, newId } from '@platform/kernel';
import { later, workday } from './calendar';
import type { LetterContent, OccasionContent, ParticipantContent } from './content';
import type { Answerable, PolicyScript } from './life';
import type { Life } from './lives';
import type { Stage } from './stage';

/** A hearing or symposium from its announcement on, as far as its content goes; answers what was said there. */
export async function* occasionRound(stage: Stage, script: PolicyScript, consultationId: string, content: OccasionContent): Life<Answerable[]> {
  const announced = stage.today;
  const drafter = stage.staff(script.department, 'drafter');
  const day = workday(later(announced, content.after));
  const { open, people } = content;
  const signUpUntil = open ? chinaInstant(later(announced, open.until), '17:00:00') : null;
  const { eventId } = await stage.minutes(30).use(AnnounceEvent).run(drafter, consultationId, {
    kind: content.kind, title: content.title, place: content.place, agenda: content.agenda, startsAt: chinaInstant(day, content.time), moderator: stage.staff(script.department, 'department_head').name, clerk: drafter.name,
    ...(open ? { seats: open.seats, signUpUntil, selectionRule: open.rule } : {}),
  });
  for (const person of people) await come(stage, script, eventId, person, open !== undefined);
  const read = (): Promise<StaffEvent> => stage.unitOfWork.run(drafter, (tx) => readStaffEvent(tx, consultationId, eventId));
  if (open) {
    const chosenOn = workday(later(announced, open.until + 1));
    if (people.every(({ declined }) => declined === undefined)) return [];
    yield chosenOn;
    await choose(stage, script, await read(), people);
  }
  if (!content.proceedings) return [];
  yield day;
  return hold(stage.at(day, content.time), script, read, content.proceedings, people);
}

async function come(stage: Stage, script: PolicyScript, eventId: string, { kind, name, represents, standpoint, reason }: ParticipantContent, signsUp: boolean): Promise<void> {
  const input = { kind, name, contact: '演示用联系方式', represents, standpoint, reason, idempotencyKey: newId() };
  if (signsUp) await stage.minutes(45).use(SignUp).run(anonymousActor(stage.cityId), eventId, input);
  else await stage.minutes(20).use(InviteParticipant).run(stage.staff(script.department, 'drafter'), eventId, input);
}

const contentOf = <P extends { name: string }>(people: readonly P[], name: string): P => {
  const found = people.find((person) => person.name === name);
  if (!found) throw new Error(`nobody is called ${name}`);
  return found;
};

/** Everybody is decided on, and who takes part gets the materials on the same day. */
async function choose(stage: Stage, script: PolicyScript, { id, participants }: StaffEvent, people: readonly ParticipantContent[]): Promise<void> {
  const drafter = stage.staff(script.department, 'drafter');
  const choices = participants.map((participant) => {
    const { declined } = contentOf(people, participant.name);
    return { participantId: participant.id, selected: declined === undefined, reason: declined ?? '' };
  });
  await stage.minutes(40).use(SelectParticipants).run(drafter, id, choices);
  const taking = choices.filter(({ selected }) => selected).map(({ participantId }) => participantId);
  await stage.minutes(90).use(RecordDelivery).run(drafter, id, taking, { deliveredOn: stage.today, how: '专人送达，附草案、起草说明和会议议程' });
}

async function hold(stage: Stage, script: PolicyScript, read: () => Promise<StaffEvent>, proceedings: string, people: readonly ParticipantContent[]): Promise<Answerable[]> {
  const drafter = stage.staff(script.department, 'drafter');
  const { id: eventId, participants } = await read();
  await stage.use(HoldEvent).run(drafter, eventId);
  const taking = participants.filter(({ state }) => state === 'selected').map(({ id, name }) => ({ participantId: id, person: contentOf(people, name) }));
  const said: Answerable[] = [];
  for (const { participantId, person } of taking) {
    if (!person.said) continue;
    const { stance, text, clauseId } = person.said;
    const { opinionId } = await stage.minutes(12).use(RecordStatement).run(drafter, eventId, { participantId, stance, text, ...(clauseId ? { clauseId } : {}), idempotencyKey: newId() });
    said.push({ id: opinionId, content: person.said });
  }
  const signatures = taking.map(({ participantId, person: { signature = 'signed', note = '' } }) => ({ participantId, signature, note }));
  await stage.minutes(40).use(FinishEvent).run(drafter, eventId, { proceedings, signatures });
  return said;
}

/** Enters what came by letter and mail, on the day it came. */
export async function register(stage: Stage, script: PolicyScript, consultationId: string, letter: LetterContent): Promise<void> {
  const { channel, authorKind, authorName, clauseId, stance, text, reference } = letter;
  await stage.minutes(25).use(RegisterOpinion).run(stage.staff(script.department, 'drafter'), consultationId, { channel, arrivedOn: stage.today, authorKind, authorName, clauseId, stance, text, reference, idempotencyKey: newId() });
}
