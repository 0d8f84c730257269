import { MATERIAL_KINDS, type MaterialInput, type MaterialKind } from '@domains/interpretation';
import { DomainError } from '@platform/kernel';
import type { MaterialDto } from './interpretation.dto';

/** What was sent, as the use-case takes it; what claims to be a file and is none counts as no file. */
export const inputOf = (dto: MaterialDto): MaterialInput => ({
  title: dto.title, body: dto.body, altText: dto.altText, clauseIdentities: dto.clauses,
  picture: Buffer.isBuffer(dto.picture?.data) ? dto.picture.data : undefined,
});

/** The kind that a path names; "not found" for any other word. */
export function kindOf(text: string): MaterialKind {
  const kind = MATERIAL_KINDS.find((known) => known === text);
  if (!kind) throw DomainError.notFound();
  return kind;
}
