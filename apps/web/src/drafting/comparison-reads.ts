import { type ColumnConsultation, type ColumnOpinions, publicColumnConsultations, publicColumnOpinions, staffColumnConsultations, staffColumnOpinions } from '@domains/consultation';
import { comparableVersions, type ComparableVersion, toProvisions } from '@domains/drafting';
import { latestSubmittedVersion, provisionsOf, publicText, type PublicVersion, publicVersions } from '@core/policy';
import { DomainError } from '@platform/kernel';
import type { PublicReader, TenantTx } from '@platform/persistence';
import { choosePair } from './compare-pair';
import type { ColumnsDto, CompareDto } from './compare.dto';
import { type NamedText, publicProvisions, versionLabel, type Words } from './named-text';

/** What a comparison is made of; `pair` is null where there are not two versions. */
export interface Comparison<V> {
  versions: (V & { label: string })[];
  pair: { from: V; to: V; texts: [NamedText, NamedText] } | null;
}

/** What three columns are made of; `columns` is null where nothing was asked, or nothing came of it yet. */
export interface Columns {
  consultations: ColumnConsultation[];
  columns: { consultation: ColumnConsultation; consulted: NamedText['provisions']; final: NamedText & { no: number }; opinions: ColumnOpinions } | null;
}

export async function staffComparison(tx: TenantTx, policyId: string, { from, to }: CompareDto, words: Words): Promise<Comparison<ComparableVersion>> {
  const versions = (await comparableVersions(tx, policyId)).map((version) => ({ ...version, label: versionLabel(version, words) }));
  const pair = choosePair(versions, from, to);
  const text = async ({ id, label }: { id: string; label: string }): Promise<NamedText> => ({ label, provisions: toProvisions(await provisionsOf(tx, id)) });
  return { versions, pair: pair && { ...pair, texts: [await text(pair.from), await text(pair.to)] } };
}

export async function publicComparison(reader: PublicReader, cityId: string, policyId: string, { from, to }: CompareDto, words: Words): Promise<Comparison<PublicVersion>> {
  const versions = (await publicVersions(reader, cityId, policyId)).map((version) => ({ ...version, label: words('editor:compare.version', { no: version.no }) }));
  const pair = choosePair(versions, from, to);
  const text = async ({ id, label }: { id: string; label: string }): Promise<NamedText> => ({ label, provisions: publicProvisions(await publicText(reader, cityId, id)) });
  return { versions, pair: pair && { ...pair, texts: [await text(pair.from), await text(pair.to)] } };
}

export async function staffColumns(tx: TenantTx, policyId: string, { consultation }: ColumnsDto, words: Words): Promise<Columns> {
  const consultations = await staffColumnConsultations(tx, policyId);
  const chosen = choose(consultations, consultation);
  const final = chosen && (await latestSubmittedVersion(tx, policyId));
  return {
    consultations,
    columns: chosen && final && {
      consultation: chosen, consulted: toProvisions(await provisionsOf(tx, chosen.versionId)), opinions: await staffColumnOpinions(tx, chosen.id),
      final: { label: finalLabel(words, 'editor:columns.finalNow', final.no), no: final.no, provisions: toProvisions(await provisionsOf(tx, final.id)) },
    },
  };
}

/** Once the result of the consultation is out, and with a version that came after it. */
export async function publicColumns(reader: PublicReader, cityId: string, policyId: string, { consultation }: ColumnsDto, words: Words): Promise<Columns> {
  const consultations = await publicColumnConsultations(reader, cityId, policyId);
  const chosen = choose(consultations, consultation);
  const [final] = await publicVersions(reader, cityId, policyId);
  if (!chosen || !final || final.no <= chosen.versionNo) return { consultations, columns: null };
  const provisions = async (versionId: string): Promise<NamedText['provisions']> => publicProvisions(await publicText(reader, cityId, versionId));
  return {
    consultations,
    columns: {
      consultation: chosen, consulted: await provisions(chosen.versionId), opinions: await publicColumnOpinions(reader, cityId, chosen.id),
      final: { label: finalLabel(words, 'editor:columns.final', final.no), no: final.no, provisions: await provisions(final.id) },
    },
  };
}

const finalLabel = (words: Words, key: string, no: number): string => `${words(key)}（${words('editor:compare.version', { no })}）`;

/** The consultation that is asked for, else the newest; "not found" for one of another policy. */
function choose(consultations: readonly ColumnConsultation[], id: string | undefined): ColumnConsultation | null {
  const found = id ? consultations.find((one) => one.id === id) : consultations[0];
  if (id && !found) throw DomainError.notFound();
  return found ?? null;
}
