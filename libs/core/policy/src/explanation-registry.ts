import type { PublicReader } from '@platform/persistence';
import { Injectable } from '@nestjs/common';

/** What explains a policy to everybody: a text, or the words for a picture. */
export interface Explanation {
  policyId: string;
  title: string;
  /** Paragraphs, parted by line breaks. */
  text: string;
}

/** Public explanations of these policies, in the order in which they are read; one statement. */
export type ExplanationSource = (reader: PublicReader, cityId: string, policyIds: readonly string[]) => Promise<Explanation[]>;

/** Where what explains policies comes from, for those who print it. The room that writes explanations registers itself. */
@Injectable()
export class ExplanationRegistry {
  private readonly sources: ExplanationSource[] = [];

  register(source: ExplanationSource): void {
    this.sources.push(source);
  }

  async list(reader: PublicReader, cityId: string, policyIds: readonly string[]): Promise<Explanation[]> {
    const found = await Promise.all(this.sources.map((source) => source(reader, cityId, policyIds)));
    return found.flat();
  }
}
