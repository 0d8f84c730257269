import {
  canDraft, capacitiesOf, changesAskedBefore, type Choice, CONCLUSIONS, type DocketEntry, EXCEPTION_PURPOSES, expertsOfCity, holdersOf, listAttachments, meetingsFor, panelOf, procedureOf,
  SIGNERS, STANDARD_ANSWERS, STANDARD_GROUPS,
} from '@domains/drafting';
import type { AttachmentKind, Docket, PolicyRow, ProvisionRow } from '@core/policy';
import type { TenantTx } from '@platform/persistence';

/** Three rows for findings; more stand in the opinion. */
const FINDING_ROWS = [0, 1, 2];

/** What is put to a docket of each kind, the usual first. */
const DOCKET_FILES: Readonly<Record<Docket, readonly AttachmentKind[]>> = {
  expert_argument: ['expert_material', 'other'], risk_assessment: ['risk_report', 'other'], legality: ['basis', 'other'], fair_competition: ['fair_competition_form', 'other'],
  collective_deliberation: ['meeting_material', 'party_report', 'other'],
};

/** What the page of one docket needs beside the docket itself: choices, panel, files, and what earlier reviews asked to be changed. */
export async function docketForm(tx: TenantTx, policy: PolicyRow, docket: DocketEntry, provisions: readonly ProvisionRow[]): Promise<Record<string, unknown>> {
  const { noted } = await procedureOf(tx, policy);
  const { actor } = tx;
  const open = docket.current && docket.outcome === null;
  const head = actor.roles.includes('department_head');
  const { role } = SIGNERS[docket.kind];
  const holders: Choice[] = open && (head || docket.reviewerId === null) ? await holdersOf(tx, role) : [];
  const panel = docket.kind === 'expert_argument' ? await panelOf(tx, docket.id) : [];
  const files = (await listAttachments(tx, policy.id)).filter((file) => file.current);
  const mayAttach = open && canDraft(actor, 'drafting.attach', policy, policy.tenantId === actor.tenantId ? [] : await capacitiesOf(tx, policy.id));
  return {
    kind: docket.kind, noted, panel, conclusions: CONCLUSIONS[docket.kind], standards: STANDARD_GROUPS, answers: STANDARD_ANSWERS, purposes: EXCEPTION_PURPOSES,
    meetings: meetingsFor(noted.issuer), findingRows: FINDING_ROWS,
    files: files.filter((file) => file.docketId === null), docketFiles: files.filter((file) => file.docketId === docket.id), mayAttach, fileKinds: DOCKET_FILES[docket.kind],
    clauses: docket.kind === 'legality' ? provisions.filter(({ kind }) => kind === 'article').map(({ identity, label, text }) => ({ value: identity, label: `${label} ${[...text].slice(0, 20).join('')}` })) : [],
    experts: docket.kind === 'expert_argument' && docket.signable ? await expertsOfCity(tx) : [],
    mayTake: open && docket.reviewerId === null && actor.roles.includes(role), me: actor.accountId,
    mayAssign: open && head && holders.length > 0, holders, previous: await changesAskedBefore(tx, policy.id, docket),
    findings: ((docket.record['findings'] ?? []) as { identity: string; text: string }[]).map((finding) => ({
      ...finding, label: provisions.find(({ identity }) => identity === finding.identity)?.label ?? '',
    })),
  };
}
