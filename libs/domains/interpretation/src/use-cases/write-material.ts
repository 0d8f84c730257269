import { provisionsOf, VersionRow } from '@core/policy';
import { recordAudit } from '@platform/audit';
import { type Actor, DomainError, newId } from '@platform/kernel';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { FileStore } from '@platform/storage';
import { Injectable } from '@nestjs/common';
import { assertClausesExist, MATERIAL_LIFE, type MaterialKind } from '../domain/material';
import { type Picture, readPicture } from '../domain/picture';
import { PictureRow } from '../persistence/material.entity';
import { materials } from '../persistence/repositories';
import { accountOf, openPolicy } from './open-policy';

export interface MaterialInput {
  title: string;
  /** The words, for a text. */
  body?: string | undefined;
  /** The file, for a picture; when it is revised, none keeps the one there is. */
  picture?: Buffer | undefined;
  /** What the picture says; compulsory for a picture. */
  altText?: string | undefined;
  clauseIdentities: string[];
}

type StoredPicture = Omit<Picture, 'bytes'> & { sha256: string; size: number };

/** Writes a new material, or revises one that has not gone out, which then must be approved again. */
@Injectable()
export class WriteMaterial {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly files: FileStore,
  ) {}

  /** A new material; answers its id. */
  async run(actor: Actor, policyId: string, kind: MaterialKind, input: MaterialInput): Promise<string> {
    const picture = await this.keep(input.picture);
    return this.unitOfWork.run(actor, async (tx) => {
      const policy = await openPolicy(tx, policyId, 'interpretation.write');
      const content = await this.content(tx, policy.id, kind, input);
      if (kind === 'picture' && !picture) throw required('picture');
      const id = newId();
      await materials.insert(tx, {
        id, tenantId: policy.tenantId, policyId: policy.id, kind, ...content, state: 'draft', authorId: accountOf(tx), writtenAt: tx.at,
        approvedBy: null, approvedAt: null, textHash: null, releasedAt: null, rowVersion: 1,
      });
      if (kind === 'picture') await this.name(tx, policy.tenantId, id, picture);
      recordAudit(tx, { action: 'interpretation.written', subjectType: 'interpretation_material', subjectId: id, details: { kind, policyId } });
      return id;
    });
  }

  /** Writes an existing material anew; whoever revises it becomes its author, and its approval is gone. */
  async revise(actor: Actor, policyId: string, materialId: string, input: MaterialInput): Promise<void> {
    const picture = await this.keep(input.picture);
    return this.unitOfWork.run(actor, async (tx) => {
      const policy = await openPolicy(tx, policyId, 'interpretation.write');
      const material = await materials.lockForUpdate(tx, materialId);
      if (material.policyId !== policy.id) throw DomainError.notFound();
      const { to } = MATERIAL_LIFE.require('revise', material.state);
      const content = await this.content(tx, policy.id, material.kind, input);
      await materials.update(tx, material.id, {
        ...content, state: to, authorId: accountOf(tx), writtenAt: tx.at, approvedBy: null, approvedAt: null, textHash: null, rowVersion: material.rowVersion + 1,
      });
      if (material.kind === 'picture') await this.name(tx, policy.tenantId, material.id, picture);
      recordAudit(tx, { action: 'interpretation.revised', subjectType: 'interpretation_material', subjectId: material.id, details: { policyId } });
    });
  }

  private async content(tx: TenantTx, policyId: string, kind: MaterialKind, input: MaterialInput): Promise<{ title: string; body: string; altText: string; clauseIdentities: string[] }> {
    const content = {
      title: input.title.trim(), body: kind === 'text' ? (input.body ?? '').trim() : '', altText: kind === 'picture' ? (input.altText ?? '').trim() : '',
      clauseIdentities: [...new Set(input.clauseIdentities)],
    };
    if (!content.title) throw required('title');
    if (kind === 'text' && !content.body) throw required('body');
    if (kind === 'picture' && !content.altText) throw required('altText');
    const newest = await tx.repository(VersionRow).findOne({ where: { cityId: tx.cityId, policyId }, order: { no: 'DESC' } });
    const clauses = newest ? await provisionsOf(tx, newest.id) : [];
    assertClausesExist(content.clauseIdentities, new Set(clauses.map((clause) => clause.identity)));
    return content;
  }

  /** Puts the bytes before the transaction begins, which may run more than once and must not wait for a store; a refusal in it leaves a file that nobody names. */
  private async keep(data: Buffer | undefined): Promise<StoredPicture | null> {
    if (!data?.length) return null;
    const { bytes, ...picture } = readPicture(data);
    return { ...picture, ...(await this.files.put(bytes)) };
  }

  private async name(tx: TenantTx, tenantId: string, materialId: string, picture: StoredPicture | null): Promise<void> {
    if (picture) await tx.repository(PictureRow).upsert({ cityId: tx.cityId, materialId, tenantId, ...picture }, ['cityId', 'materialId']);
  }
}

const required = (field: string): DomainError => DomainError.invalid(`interpretation:error.${field}Needed`, [{ field, key: `interpretation:error.${field}Needed` }]);
