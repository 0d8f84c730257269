import { PublicReader } from '@platform/persistence';
import { Injectable } from '@nestjs/common';

export interface City {
  id: string;
  name: string;
  nameEn: string;
}

const REMEMBER_MS = 30_000;

/** The cities of this installation; few, and asked for by every page. */
@Injectable()
export class Cities {
  private known: City[] = [];
  private until = Number.NEGATIVE_INFINITY;

  constructor(private readonly reader: PublicReader) {}

  async all(): Promise<City[]> {
    if (performance.now() < this.until) return this.known;
    this.known = await this.reader.query<City>('SELECT id, name, name_en AS "nameEn" FROM city ORDER BY id');
    // An empty installation is asked again at once: it is being seeded.
    if (this.known.length > 0) this.until = performance.now() + REMEMBER_MS;
    return this.known;
  }

  async find(id: string): Promise<City | undefined> {
    return (await this.all()).find((city) => city.id === id);
  }
}
