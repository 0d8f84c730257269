import {
  CAMPAIGN_SIDES, type AdaptIndicatorsInput, type CampaignSide, type ClauseProposal, type Conclusion, type Indicator, type SaveCampaignReportInput, type SaveSheetInput, SECTIONS, type Section, type SideWeights,
} from '@domains/evaluation';
import { DomainError } from '@platform/kernel';
import type { CampaignReportDto, IndicatorsDto, SheetDto } from './appraisal.dto';

/** A whole number as it was typed; NaN for anything else, which the rules refuse by name. */
const whole = (text: string | undefined): number => (text !== undefined && /^-?\d{1,9}$/.test(text.trim()) ? Number(text) : Number.NaN);
const count = (text: string | undefined): number | null => (text === undefined || text.trim() === '' ? null : whole(text));

/** Rows of a form of which some were left empty: what is in the others, and at which row each stood. */
export interface Rows<T> {
  items: T[];
  at: number[];
}

/** Runs the work, and names the faults of a row by where it stood in the form: `weight1` of two rows that were kept is the third row's if the second was empty. */
export async function byRow(rows: Rows<unknown>, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof DomainError) || !error.details.fields) throw error;
    const fields = error.details.fields.map((fault) => ({ ...fault, field: fault.field.replace(/^([a-zA-Z]+)(\d+)$/, (_all, name: string, row: string) => `${name}${rows.at[Number(row)] ?? row}`) }));
    throw new DomainError(error.problem, error.key, { ...error.details, fields });
  }
}

/** Rows with a name or a question; an emptied row is an indicator taken out. One that the department added gets a key of its own. */
export function indicatorRows(dto: IndicatorsDto): Rows<Indicator> {
  const used = new Set(dto.key.filter(Boolean));
  const freshKey = (): string => {
    let n = 1;
    while (used.has(`own_${n}`)) n += 1;
    used.add(`own_${n}`);
    return `own_${n}`;
  };
  const at = dto.name.flatMap((name, row) => (name.trim() || dto.question[row]?.trim() ? [row] : []));
  const sidesOf = (row: number): CampaignSide[] => CAMPAIGN_SIDES.filter((side) => dto.sides.includes(`${row}:${side}`));
  return {
    at,
    items: at.map((row) => ({
      key: dto.key[row] || freshKey(), name: dto.name[row] ?? '', question: dto.question[row] ?? '', weight: whole(dto.weight[row]), max: whole(dto.max[row]), sides: sidesOf(row),
    })),
  };
}

export function indicatorsInput(dto: IndicatorsDto, { items }: Rows<Indicator>): AdaptIndicatorsInput {
  const sideWeights = Object.fromEntries(CAMPAIGN_SIDES.map((side) => [side, count(dto[`side_${side}`]) ?? 0])) as unknown as SideWeights;
  return { rowVersion: Number(dto.rowVersion), indicators: items, sideWeights };
}

/** An empty mark is one that is not known. */
export const sheetInput = (dto: SheetDto): SaveSheetInput => ({
  rowVersion: Number(dto.rowVersion), submit: dto.action === 'submit', basis: dto.basis, surveyTitle: dto.surveyTitle ?? '', surveyAsked: count(dto.surveyAsked), surveyAnswered: count(dto.surveyAnswered),
  remark: dto.remark ?? '', marks: Object.fromEntries(dto.key.map((key, row) => [key, { score: count(dto.score[row]), note: dto.note[row] ?? '' }])),
});

export function clauseRows(dto: CampaignReportDto): Rows<ClauseProposal> {
  const at = dto.clause.flatMap((clause, row) => (clause || dto.clauseReason[row]?.trim() ? [row] : []));
  return { at, items: at.map((row) => ({ clauseId: dto.clause[row] ?? '', proposal: (dto.proposal[row] ?? '') as Conclusion, reason: dto.clauseReason[row] ?? '' })) };
}

export const reportInput = (dto: CampaignReportDto, { items }: Rows<ClauseProposal>): SaveCampaignReportInput => ({
  rowVersion: Number(dto.rowVersion), submit: dto.action === 'submit', conclusion: dto.conclusion || null, reason: dto.reason ?? '', nextReviewOn: dto.nextReviewOn || null, clauses: items,
  sections: Object.fromEntries(SECTIONS.map((key) => [key, dto[key] ?? ''])) as Record<Section, string>,
});
