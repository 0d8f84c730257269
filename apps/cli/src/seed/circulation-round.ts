import { Coordinate, HandleOpinion, listCirculations, OpenCirculation, SaveReply, SignReply } from '@domains/drafting';
import type { IsoDate } from '@platform/kernel';
import { later, workday } from './calendar';
import type { CirculationContent, DepartmentKey } from './content';
import { identitiesOf, type PolicyScript } from './life';
import type { Life } from './lives';
import type { Stage } from './stage';

/** Other departments are asked, reply over the days, and are answered; what is left undone stands as the demonstration shows it. */
export async function* circulationRound(stage: Stage, on: IsoDate, script: PolicyScript, policyOf: () => string, content: CirculationContent): Life {
  yield workday(on);
  const opened = stage.today;
  const policyId = policyOf();
  const drafter = stage.staff(script.department, 'drafter');
  const departmentIds = content.departments.map((department) => stage.staff(department, 'drafter').tenantId ?? '');
  const { id } = await stage.minutes(45).use(OpenCirculation).run(drafter, policyId, { letter: content.letter, departmentIds, workingDays: content.workingDays });
  const identities = await identitiesOf(stage, policyId, script);
  for (const reply of content.replies) {
    yield workday(later(opened, reply.after));
    const opinions = reply.opinions.map(({ on: clause, text }) => ({ identity: clause ? identities.get(clause) ?? '' : '', text }));
    const { rowVersion } = await stage.minutes(60).use(SaveReply).run(stage.staff(reply.department, 'drafter'), id, { stance: reply.stance, statement: reply.statement, opinions, seen: 0 });
    await stage.minutes(90).use(SignReply).run(stage.staff(reply.department, 'department_head'), id, rowVersion);
    const given = await signedReply(stage, script, policyId, reply.department);
    for (const [index, { handling }] of reply.opinions.entries()) {
      const opinion = given?.opinions[index];
      if (!handling || !opinion) continue;
      const changedIdentity = handling.changed ? identities.get(handling.changed) : undefined;
      await stage.minutes(40).use(HandleOpinion).run(drafter, policyId, opinion.id, { disposition: handling.disposition, reason: handling.reason, ...(changedIdentity ? { changedIdentity } : {}) });
    }
  }
  for (const { department, after, ...meeting } of content.coordination) {
    yield workday(later(opened, after));
    const given = await signedReply(stage, script, policyId, department);
    await stage.minutes(60).use(Coordinate).record(drafter, policyId, given?.id ?? '', { ...meeting, heldOn: stage.today });
  }
}

async function signedReply(stage: Stage, script: PolicyScript, policyId: string, department: DepartmentKey) {
  const [latest] = await stage.unitOfWork.run(stage.staff(script.department, 'drafter'), (tx) => listCirculations(tx, policyId));
  return latest?.departments.find(({ departmentId }) => departmentId === stage.staff(department, 'drafter').tenantId)?.reply;
}
