import { AUTHOR_KINDS, CHANNELS, NONE, readPublicConsultation, searchPublicOpinions, STANCES } from '@domains/consultation';
import { Public } from '@platform/identity';
import type { Clock } from '@platform/kernel';
import { CLOCK, PublicReader } from '@platform/persistence';
import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { CityCode, type Page, page } from '../http';
import { clauseNames } from '../outlets/result-charts';
import { opinionCard } from './consultation-view';
import { PublicFilterDto } from './opinion-desk.dto';
import { filterQuery } from './opinion-desk-view';

/** The shown opinions of a consultation, to be searched. */
@Controller(':city/consultations/:id/opinions')
export class PublicOpinionsPortal {
  constructor(
    private readonly reader: PublicReader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Public()
  @Get()
  async list(@CityCode() cityId: string, @Param('id') id: string, @Query() { after, ...filter }: PublicFilterDto): Promise<Page> {
    const consultation = await readPublicConsultation(this.reader, cityId, id, this.clock.now());
    const { items, next } = await searchPublicOpinions(this.reader, cityId, id, filter, after);
    const show = `/${cityId}/consultations/${id}`;
    const base = `${show}/opinions`;
    const names = clauseNames(consultation.provisions);
    const keyed = (name: 'stance' | 'kind' | 'channel', group: string, values: readonly string[]) => ({ name, choices: values.map((value) => ({ value, key: `${group}.${value}`, chosen: filter[name] === value })) });
    const clauses = consultation.provisions.filter(({ clauseId }) => consultation.opinionsOn[clauseId] || clauseId === filter.clause).map(({ clauseId }) => ({ value: clauseId, label: names.get(clauseId), chosen: filter.clause === clauseId }));
    return page('consultation/public-opinions', {
      title: consultation.title, consultation, show, base, q: filter.q, filtered: filterQuery(filter) !== '',
      facets: [
        { name: 'clause', choices: [{ value: NONE, key: 'opinion-desk:whole', chosen: filter.clause === NONE }, ...clauses] },
        keyed('stance', 'consultation:stance', STANCES), keyed('kind', 'consultation:author', AUTHOR_KINDS), keyed('channel', 'consultation:channel', CHANNELS),
      ],
      opinions: items.map((opinion) => {
        const card = opinionCard(opinion, consultation.department, show);
        // The clause stands on the page of the draft.
        return card.clause ? { ...card, clause: { ...card.clause, href: `${show}${card.clause.href}` } } : card;
      }),
      next: next && `${base}?${filterQuery(filter, { after: next })}`,
    });
  }
}
