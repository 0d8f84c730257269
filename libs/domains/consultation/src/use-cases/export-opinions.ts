import { recordAudit } from '@platform/audit';
import { type Actor, DomainError } from '@platform/kernel';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { assertCan } from '../consultation.access';
import { consultations } from '../persistence/repositories';
import { type StaffFile, staffFiles } from '../queries/opinion-files';
import { forReader, OWN, requireStaffConsultation, STAFF_OPINION, type StaffOpinion } from '../queries/staff-opinions';

export type ExportedOpinion = StaffOpinion & { files: StaffFile[] };

export interface OpinionExport {
  title: string;
  /** All of them, hidden ones too, the first received first. */
  opinions: ExportedOpinion[];
}

const BATCH = 1000;
const MAX_OPINIONS = 50_000;
/** Together of opinions and reasons: what one workbook and the memory of who writes it bear. */
const MAX_CHARACTERS = 20_000_000;

/** Takes every opinion of a consultation out for the department, with what is not public: so the audit log keeps who did it. */
@Injectable()
export class ExportOpinions {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /**
   * Reads all opinions with their answers as they are now.
   *
   * @throws DomainError not_found, forbidden, or invalid `outlets:error.tooMuch` above 50 000 opinions or 20 million characters
   */
  run(actor: Actor, consultationId: string): Promise<OpinionExport> {
    return this.unitOfWork.run(actor, async (tx) => {
      await requireStaffConsultation(tx, consultationId);
      const { title, tenantId } = await consultations.require(tx, consultationId);
      if (actor.scope !== 'city') assertCan(actor, 'consultation.read', { cityId: tx.cityId, tenantId });
      const opinions = await readAll(tx, consultationId);
      recordAudit(tx, { action: 'consultation.opinions_exported', subjectType: 'consultation', subjectId: consultationId, tenantId, details: { opinions: opinions.length } });
      return { title, opinions };
    });
  }
}

async function readAll(tx: TenantTx, consultationId: string): Promise<ExportedOpinion[]> {
  const all: ExportedOpinion[] = [];
  let characters = 0;
  let rows: StaffOpinion[];
  do {
    rows = await tx.query<StaffOpinion>(
      `${STAFF_OPINION} WHERE o.city_id = $1 AND ${OWN} AND o.consultation_id = $4 AND ($5::uuid IS NULL OR o.id > $5) ORDER BY o.id LIMIT ${BATCH}`,
      [tx.cityId, tx.actor.tenantId, tx.actor.scope === 'city', consultationId, all.at(-1)?.id ?? null]);
    const files = await releasedOf(tx, rows);
    all.push(...rows.map((row) => ({ ...forReader(tx, row), files: files.filter((file) => file.opinionId === row.id) })));
    characters += rows.reduce((sum, { text, answer }) => sum + text.length + (answer?.reason.length ?? 0), 0);
    if (all.length > MAX_OPINIONS || characters > MAX_CHARACTERS) throw DomainError.invalid('outlets:error.tooMuch');
  } while (rows.length === BATCH);
  return all.sort((a, b) => a.receivedAt.getTime() - b.receivedAt.getTime());
}

/** The released files of those that came with some. */
async function releasedOf(tx: TenantTx, rows: readonly StaffOpinion[]): Promise<StaffFile[]> {
  const ids = rows.filter(({ fileCount }) => fileCount > 0).map(({ id }) => id);
  return ids.length === 0 ? [] : (await staffFiles(tx, ids)).filter(({ released }) => released);
}
