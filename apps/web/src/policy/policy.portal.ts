import { listPublicPolicies, monthsBefore, NOTICE_MONTHS, POLICY_KINDS, publicValidityChanges, publicVersions, readPublicPolicy, standingOn } from '@core/policy';
import { Public } from '@platform/identity';
import { chinaDate, type Clock } from '@platform/kernel';
import { CLOCK, PublicReader } from '@platform/persistence';
import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { CityCode, type Page, page } from '../http';
import { PolicyListDto } from './policy.dto';
import { changesView, repealsOf } from './changes-view';
import { policyConnections } from './policy-connections';
import { clauseTree, contentsOf, lineView, TONE_OF_VALIDITY } from './policy-view';

@Controller(':city/policies')
export class PolicyPortal {
  constructor(
    private readonly reader: PublicReader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Public()
  @Get()
  async list(@CityCode() cityId: string, @Query() filter: PolicyListDto): Promise<Page> {
    const { items, next } = await listPublicPolicies(
      this.reader, { cityId, q: filter.q, kind: filter.kind, departmentId: filter.department, after: filter.after }, chinaDate(this.clock.now()));
    const more = new URLSearchParams({ q: filter.q ?? '', kind: filter.kind ?? '', after: next ?? '' });
    return page('policy/list', {
      title: 'policy:list.title', filter, kinds: POLICY_KINDS,
      items: items.map((item) => ({ ...item, href: `/${cityId}/policies/${item.id}`, tone: item.validity && TONE_OF_VALIDITY[item.validity] })),
      next: next && `?${more.toString()}`,
    });
  }

  @Public()
  @Get(':id')
  async show(@CityCode() cityId: string, @Param('id') id: string): Promise<Page> {
    const now = this.clock.now();
    // First whether there is such a policy: what is asked beside it would go on after a refusal.
    const policy = await readPublicPolicy(this.reader, cityId, id, chinaDate(now));
    const [{ marks, links }, versions, changes] = await Promise.all([
      policyConnections(this.reader, cityId, id, now),
      publicVersions(this.reader, cityId, id),
      publicValidityChanges(this.reader, cityId, id),
    ]);
    const today = chinaDate(now);
    const standing = standingOn(policy, today);
    const clauses = clauseTree(policy.provisions, { marks, repeals: repealsOf(changes, today) });
    return page('policy/show', {
      title: policy.title, policy, links, compareHref: versions.length > 1 ? `/${cityId}/policies/${id}/compare` : null, clauses, contents: contentsOf(clauses),
      document: policy.publishedAt && policy.documentNumber && clauses.length > 0 && { base: `/${cityId}/policies/${policy.id}` },
      tone: policy.validity && TONE_OF_VALIDITY[policy.validity],
      changes: changesView(cityId, changes, today), ends: standing.ends,
      // From the day of the department's first notice on, unless an end is decided already.
      lapses: policy.validity === 'in_force' && !standing.ends && policy.effectiveTo !== null && monthsBefore(policy.effectiveTo, NOTICE_MONTHS) <= today,
      line: lineView(policy.title, standing.state, policy.events, now, [], policy.endedOn),
    });
  }
}
