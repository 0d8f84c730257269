import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What keeps the pages of a consultation with ten thousand opinions fast. */
export class OpinionIndexes1780000001095 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      -- All that a list, its filters and its figures ask of an opinion, and that row-level security asks of it, without its text: counted and paged from the index alone. It takes the
      -- place of the index with the same key and nothing else in it.
      CREATE INDEX opinion_facts ON opinion (city_id, consultation_id, received_at DESC, id DESC)
        INCLUDE (tenant_id, moderation, author_account_id, clause_id, stance, author_kind, channel, moderated_at);
      DROP INDEX opinion_newest;

      -- As a subquery in the policy the planner takes this for the price of every answer, also where the department's own come first and it never runs: it then looks up ten thousand
      -- answers one by one instead of reading them once. Its price here is what it takes. As the caller: an opinion that is not seen is not shown.
      CREATE FUNCTION opinion_is_shown(city text, opinion_id uuid) RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE COST 300 AS $$
        BEGIN
          RETURN EXISTS (SELECT 1 FROM opinion o WHERE o.city_id = $1 AND o.id = $2 AND o.moderation = 'shown');
        END $$;
    `);
    const toShownOpinion = 'published_at IS NOT NULL AND opinion_is_shown(city_id, opinion_id)';
    const read = `city_id = app_city() AND (tenant_id = app_tenant() OR app_scope() IN ('city', 'system') OR (${toShownOpinion}))`;
    await q.query(`
      ALTER POLICY app_read ON opinion_answer USING (${read});
      ALTER POLICY app_update ON opinion_answer USING (${read});
      ALTER POLICY public_read ON opinion_answer USING (${toShownOpinion});
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    const toShownOpinion = `published_at IS NOT NULL AND EXISTS (SELECT 1 FROM opinion o WHERE o.city_id = opinion_answer.city_id AND o.id = opinion_answer.opinion_id AND o.moderation = 'shown')`;
    const read = `city_id = app_city() AND (tenant_id = app_tenant() OR app_scope() IN ('city', 'system') OR (${toShownOpinion}))`;
    await q.query(`
      ALTER POLICY app_read ON opinion_answer USING (${read});
      ALTER POLICY app_update ON opinion_answer USING (${read});
      ALTER POLICY public_read ON opinion_answer USING (${toShownOpinion});
      DROP FUNCTION opinion_is_shown(text, uuid);
      CREATE INDEX opinion_newest ON opinion (city_id, consultation_id, received_at DESC, id DESC);
      DROP INDEX opinion_facts;
    `);
  }
}
