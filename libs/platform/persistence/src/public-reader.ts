import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Pool } from 'pg';
import { statementName } from './statement-name';
import { SteadyClient } from './steady-client';

/**
 * Reads for everybody, as the role that row-level security limits to published rows: nothing to set, no transaction, and a forgotten
 * filter cannot show a draft. Statements are prepared once for each connection.
 */
@Injectable()
export class PublicReader implements OnApplicationShutdown {
  private readonly pool: Pool;

  constructor(url: string) {
    this.pool = new Pool({ connectionString: url, max: 16, application_name: 'policyloop-public', Client: SteadyClient });
    // An idle connection that the server closes (restart) is replaced at the next query; without a listener it would end the process.
    this.pool.on('error', () => undefined);
  }

  async query<R = Record<string, unknown>>(sql: string, parameters: unknown[] = []): Promise<R[]> {
    const name = statementName(sql);
    const { rows } = await this.pool.query<R & Record<string, unknown>>({ ...(name ? { name } : {}), text: sql, values: parameters });
    return rows;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.end();
  }
}
