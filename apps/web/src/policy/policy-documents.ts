import { type ComparisonTable, LayoutPool, type LayoutJob } from '@core/documents';
import { chinaDate, DomainError } from '@platform/kernel';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { file, type FileAnswer } from '../http';

type Kind = LayoutJob['source']['provisions'][number]['kind'];

const TYPES = { pdf: 'application/pdf', docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document' };

/** A policy's text and what its laid-out document says beside it. */
export interface DocumentFacts {
  title: string;
  /** `lead` is markup before a marker; it is not public, and the layout needs it only for Markdown headings without numbers. */
  provisions: readonly { kind: string; label: string; text: string; lead?: string }[];
  department: string;
  /** Both null while it is not published. */
  documentNumber: string | null;
  publishedAt: Date | null;
  /** What an unpublished text is called: 草案, 送审稿. */
  draftMark?: string;
}

/** Lays policies out for download, in threads of its own. */
@Injectable()
export class PolicyDocuments implements OnApplicationShutdown {
  private readonly pool = new LayoutPool();

  async answer(format: 'pdf' | 'docx', facts: DocumentFacts): Promise<FileAnswer> {
    const { title, department, documentNumber, publishedAt, draftMark } = facts;
    const provisions = facts.provisions.map(({ kind, label, text, lead }) => ({ kind: kind as Kind, label, text, lead: lead ?? '' }));
    const published = documentNumber !== null && publishedAt !== null;
    const { bytes } = await this.pool.run({
      format, source: { title, provisions },
      // A draft is not signed and not issued by anybody yet.
      particulars: published ? { number: documentNumber, date: chinaDate(publishedAt), issuer: department } : { number: null, date: null, issuer: null, ...(draftMark ? { draftMark } : {}) },
    });
    return file(bytes, { type: TYPES[format], name: fileName([published ? documentNumber : draftMark, title], format) });
  }

  /** A table of changes, or of opinions and changes, called as its title says. */
  async comparison(format: 'pdf' | 'docx', comparison: ComparisonTable): Promise<FileAnswer> {
    const { bytes } = await this.pool.run({ format, comparison });
    return file(bytes, { type: TYPES[format], name: fileName([comparison.title], format) });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.close();
  }
}

/** The department's full name: what stands at the head of the document. */
export async function departmentName(reader: { query<T extends object>(sql: string, values: unknown[]): Promise<T[]> }, cityId: string, id: string): Promise<string> {
  const [row] = await reader.query<{ name: string }>('SELECT name FROM department WHERE city_id = $1 AND id = $2', [cityId, id]);
  if (!row) throw DomainError.notFound();
  return row.name;
}

/** `中工信规〔2026〕3号 示范办法.pdf`; characters that file systems refuse become a space. */
export function fileName(parts: (string | undefined)[], format: string): string {
   
  const name = parts.filter(Boolean).join(' ').replace(/[\\/:*?"<>|\u0000-\u001f]+/g, ' ').trim();
  return `${[...name].slice(0, 80).join('')}.${format}`;
}
