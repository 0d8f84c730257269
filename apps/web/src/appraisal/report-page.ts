import { type ClauseName, type Conclusion, type PublicCampaignReport, type Scores, SECTIONS, type StaffCampaignReport } from '@domains/evaluation';
import type { Words } from '../drafting/named-text';
import { TONE_OF_CONCLUSION, TONE_OF_FOLLOW_UP } from '../evaluation/report-view';
import { formatMoney, formatNumber, type Lang } from '../view';
import { surveySection } from './survey-view';
import { distribution, radarChart, radarSeries, trendChart } from './charts';

/** A score as it is read: one decimal. */
export const shownScore = (value: number | null): string | null => (value === null ? null : (Math.round(value * 10) / 10).toFixed(1));

export interface ScoreCell {
  state: 'known' | 'missing' | 'notAsked';
  shown: string | null;
  given: number;
}

/** The table of scores with everything to count it again by: indicators down, sides across. */
export function scoreTable(scores: Scores) {
  const { indicators, sides, byIndicator, total, covered } = scores;
  const cellOf = (key: string, side: Scores['sides'][number]): ScoreCell => {
    const cell = side.cells[key];
    if (!cell) return { state: 'notAsked', shown: null, given: 0 };
    return { state: cell.mean === null ? 'missing' : 'known', shown: shownScore(cell.mean), given: cell.given };
  };
  return {
    sides: sides.map(({ side, weight, sheets, score, covered: known }) => ({ side, weight, sheets, shown: shownScore(score), covered: Math.round(known), partial: known < 100 && score !== null })),
    rows: indicators.map(({ key, name, question, weight }) => ({ name, question, weight, shown: shownScore(byIndicator[key] ?? null), cells: sides.map((side) => ({ side: side.side, ...cellOf(key, side) })) })),
    total: shownScore(total), covered: Math.round(covered), partial: covered < 100,
    formula: formulaOf(scores),
  };
}

/** The total written out: `(90.0×20 + 60.0×30) ÷ 50 = 72.0`; null where nothing is known. */
function formulaOf({ sides, total }: Scores): string | null {
  const known = sides.filter(({ score, weight }) => score !== null && weight > 0);
  if (total === null || known.length === 0) return null;
  return `(${known.map(({ score, weight }) => `${shownScore(score)}×${weight}`).join(' + ')}) ÷ ${known.reduce((sum, { weight }) => sum + weight, 0)} = ${shownScore(total)}`;
}

/** What the rooms know, in the words of the reader; what is unknown says so. */
export const evidenceGroups = ({ sources }: PublicCampaignReport['evidence'], words: Words, lang: Lang) => sources.map(({ source, figures }) => ({
  source, title: words(`appraisal:source.${source}`),
  rows: figures.map(({ key, value, unit }) => ({
    label: words(`appraisal:evidence.${source}.${key}`),
    value: value === null ? null : unit === 'fen' ? formatMoney(value, lang) : words(`appraisal:unit.${unit}`, { value: formatNumber(value) }),
  })),
}));

/** A clause as proposals call it: its label, or its first words. */
export const clauseLabel = (names: readonly ClauseName[], clauseId: string): string => {
  const found = names.find((one) => one.clauseId === clauseId);
  return found ? found.label || [...found.text].slice(0, 12).join('') : clauseId;
};

type AnyReport = Omit<StaffCampaignReport, 'conclusion' | 'publishedAt'> | Omit<PublicCampaignReport, 'conclusion' | 'publishedAt'>;

/** Data of the component `appraisal-report`. */
export function reportView(report: AnyReport & { conclusion: Conclusion | null; publishedAt: Date | null }, words: Words, lang: Lang) {
  const { scores, evidence, trend, clauses, clauseNames, conclusion, followUp } = report;
  return {
    report, tone: conclusion && TONE_OF_CONCLUSION[conclusion], table: scoreTable(scores), evidence: evidenceGroups(evidence, words, lang), takenAt: evidence.takenAt, survey: evidence.survey ? surveySection(evidence.survey, scores, words) : null,
    radar: radarChart(scores.indicators.map(({ name }) => name), radarSeries(scores)), trend: trendChart(trend), spread: distribution(scores),
    sections: SECTIONS.map((key) => ({ key, text: report.sections[key] ?? '' })).filter(({ text }) => text !== ''),
    clauses: clauses.map((one) => ({ ...one, label: clauseLabel(clauseNames, one.clauseId), tone: TONE_OF_CONCLUSION[one.proposal], href: `#${one.clauseId}` })),
    followUp: followUp && { ...followUp, reportId: report.id, tone: TONE_OF_FOLLOW_UP[followUp.state] },
  };
}
