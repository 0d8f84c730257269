import { PublicReader } from '@platform/persistence';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { RULE_PACK_NAMES } from './domain/packs';

/** Stops the start of a process whose database has a city under rules that this release does not know. */
@Injectable()
export class RulePackCheck implements OnApplicationBootstrap {
  constructor(private readonly reader: PublicReader) {}

  async onApplicationBootstrap(): Promise<void> {
    const cities = await this.reader.query<{ id: string; rule_pack: string }>('SELECT id, rule_pack FROM city ORDER BY id');
    const unknown = cities.filter((city) => !RULE_PACK_NAMES.includes(city.rule_pack)).map((city) => `${city.id} (${city.rule_pack})`);
    if (unknown.length > 0) throw new Error(`these cities have a rule pack that is not known: ${unknown.join(', ')}; known are ${RULE_PACK_NAMES.join(', ')}`);
  }
}
