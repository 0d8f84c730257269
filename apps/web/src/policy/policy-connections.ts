import { consultationsOfPolicy, opinionsByClause } from '@domains/consultation';
import { publicReportsOf } from '@domains/evaluation';
import { publicCallsOfPolicy } from '@domains/funding';
import { releasedMaterials } from '@domains/interpretation';
import { abolitionNotice } from '@domains/ledger';
import type { PublicReader } from '@platform/persistence';
import type { ClauseMarks } from './policy-view';

interface Connection {
  href: string;
  label: string;
  day?: Date | string;
}

export interface PolicyConnections {
  /** What stands beside each clause, by the clause's identity. */
  marks: Map<string, ClauseMarks>;
  /** What stands beside the whole policy; `key` is the heading. */
  links: { key: string; items: Connection[] }[];
}

/** What the other rooms have on one policy: the page composes their reads, as no room knows another. */
export async function policyConnections(reader: PublicReader, cityId: string, policyId: string, now: Date): Promise<PolicyConnections> {
  const [materials, consultations, opinions, calls, reports, notice] = await Promise.all([
    releasedMaterials(reader, cityId, policyId),
    consultationsOfPolicy(reader, cityId, policyId, now),
    opinionsByClause(reader, cityId, policyId),
    publicCallsOfPolicy(reader, cityId, policyId),
    publicReportsOf(reader, cityId, policyId),
    abolitionNotice(reader, cityId, policyId),
  ]);
  const interpretation = `/${cityId}/policies/${policyId}/interpretation`;
  const marks = new Map<string, ClauseMarks>();
  const at = (identity: string): ClauseMarks => {
    const mark = marks.get(identity) ?? {};
    marks.set(identity, mark);
    return mark;
  };
  for (const identity of materials.flatMap((material) => material.clauseIdentities)) {
    at(identity).interpretations = { count: (at(identity).interpretations?.count ?? 0) + 1, href: interpretation };
  }
  for (const [identity, { count, consultationId, clauseId }] of opinions) {
    at(identity).opinions = { count, href: `/${cityId}/consultations/${consultationId}?clause=${encodeURIComponent(clauseId)}` };
  }
  for (const call of calls) {
    at(call.clauseIdentity).funds = { count: (at(call.clauseIdentity).funds?.count ?? 0) + 1, href: `/${cityId}/calls/${call.callId}` };
  }
  const links: PolicyConnections['links'] = [
    { key: 'abolition:notices.one', items: notice ? [{ href: `/${cityId}/notices/${notice.id}`, label: notice.number ?? notice.title, day: notice.publishedAt }] : [] },
    { key: 'policy:show.interpretation', items: materials.map((material) => ({ href: interpretation, label: material.title })) },
    { key: 'policy:show.consultation', items: consultations.map((item) => ({ href: `/${cityId}/consultations/${item.id}`, label: item.title, day: item.lastDay })) },
    { key: 'policy:show.funding', items: calls.map((call) => ({ href: `/${cityId}/calls/${call.callId}`, label: call.title, day: call.closesAt })) },
    { key: 'policy:show.evaluation', items: reports.map((report) => ({ href: `/${cityId}/evaluations/${report.id}`, label: report.policyTitle, day: report.publishedAt })) },
  ];
  return { marks, links: links.filter((group) => group.items.length > 0) };
}
