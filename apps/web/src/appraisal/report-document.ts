import type { Drawing, Report, ReportBlock } from '@core/documents';
import { type Conclusion, SECTIONS, type StaffCampaignReport } from '@domains/evaluation';
import { chinaDate } from '@platform/kernel';
import type { Words } from '../drafting/named-text';
import { formatDate, formatDateTime, type Lang } from '../view';
import { distribution, radarChart, radarSeries, trendChart } from './charts';
import { clauseLabel, evidenceGroups, scoreTable } from './report-page';
import { surveyBlocks } from './survey-document';

type Source = Pick<StaffCampaignReport,
  'policyTitle' | 'department' | 'periodFrom' | 'periodTo' | 'sections' | 'reason' | 'clauses' | 'clauseNames' | 'nextReviewOn' | 'scores' | 'evidence' | 'trend' | 'edition' | 'contentHash' | 'publishedAt'>
  & { conclusion: Conclusion | null };

/** A report of a campaign as a document: the same words, figures and drawings as its page. */
export function reportDocument(source: Source, words: Words, lang: Lang): Report {
  const { policyTitle, department, periodFrom, periodTo, publishedAt, edition, contentHash, conclusion, nextReviewOn } = source;
  const conclusionText = conclusion ? `${words(`evaluation:conclusion.${conclusion}`)}${conclusion === 'keep' && nextReviewOn ? `\n${words('evaluation:report.then.keep', { date: formatDate(nextReviewOn, lang) })}` : ''}` : words('appraisal:report.open');
  return {
    title: words('evaluation:show.titleOf', { title: policyTitle }),
    subtitle: [department, words('evaluation:list.period', { from: formatDate(periodFrom, lang), to: formatDate(periodTo, lang) }), publishedAt ? words('evaluation:list.published', { date: formatDate(publishedAt, lang) }) : words('appraisal:report.unpublished')].join('  '),
    date: publishedAt && chinaDate(publishedAt),
    blocks: [
      { heading: words('evaluation:report.conclusion') }, { text: [conclusionText, source.reason].filter(Boolean).join('\n') }, ...clauseBlocks(source, words),
      { heading: words('appraisal:report.scores') }, ...scoreBlocks(source, words, lang),
      ...SECTIONS.flatMap((key): ReportBlock[] => (source.sections[key] ? [{ heading: words(`appraisal:section.${key}`) }, { text: source.sections[key] }] : [])),
      ...(source.evidence.survey ? surveyBlocks(source.evidence.survey, source.scores, words) : []),
      { heading: words('appraisal:report.evidence') }, { text: words('appraisal:report.takenAt', { at: formatDateTime(source.evidence.takenAt, lang) }) }, ...evidenceBlocks(source, words, lang),
      ...(contentHash ? [{ text: words('appraisal:report.sealed', { no: edition, hash: contentHash }) }] : []),
    ],
  };
}

function clauseBlocks({ clauses, clauseNames }: Source, words: Words): ReportBlock[] {
  if (clauses.length === 0) return [];
  return [{ table: {
    caption: words('appraisal:report.clauses'), head: [words('appraisal:report.clause'), words('appraisal:report.proposal'), words('appraisal:report.why')], widths: [2, 2, 6],
    rows: clauses.map(({ clauseId, proposal, reason }) => [clauseLabel(clauseNames, clauseId), words(`evaluation:conclusion.${proposal}`), reason]),
  } }];
}

function scoreBlocks({ scores, trend }: Source, words: Words, lang: Lang): ReportBlock[] {
  const table = scoreTable(scores);
  const cell = ({ state, shown, given }: (typeof table.rows)[number]['cells'][number]): string =>
    (state === 'notAsked' ? words('appraisal:score.notAsked') : state === 'missing' ? words('appraisal:score.missing') : `${shown}（${given}）`);
  const { bands, unknown } = distribution(scores);
  return [
    { table: {
      caption: words('appraisal:score.table'), widths: [4, 1.5, ...table.sides.map(() => 2.2), 2],
      head: [words('appraisal:score.indicator'), words('appraisal:score.weight'), ...table.sides.map(({ side }) => words(`appraisal:side.${side}`)), words('appraisal:score.all')],
      rows: [
        ...table.rows.map(({ name, weight, cells, shown }) => [name, String(weight), ...cells.map(cell), shown ?? words('appraisal:score.missing')]),
        [words('appraisal:score.sideScore'), '', ...table.sides.map(({ shown, covered, partial }) => (shown === null ? words('appraisal:score.missing') : partial ? words('appraisal:score.partialShort', { score: shown, covered }) : shown)), table.total ?? words('appraisal:score.missing')],
        [words('appraisal:score.sideWeight'), '', ...table.sides.map(({ weight }) => String(weight)), '100'],
      ],
    } },
    { text: [table.formula && words('appraisal:score.formula', { formula: table.formula }), table.partial ? words('appraisal:score.partial', { covered: table.covered }) : null, words('appraisal:score.rule')].filter(Boolean).join('\n') },
    ...radarBlocks(scores, words), ...trendBlocks(trend, words, lang),
    { table: {
      caption: words('appraisal:chart.spread'), head: [words('appraisal:chart.band'), words('appraisal:chart.sheets')], widths: [3, 1],
      rows: [...bands.map(({ label, value }) => [label, String(value)]), ...(unknown > 0 ? [[words('appraisal:chart.unknown'), String(unknown)]] : [])],
    } },
  ];
}

function radarBlocks(scores: Source['scores'], words: Words): ReportBlock[] {
  const chart = radarChart(scores.indicators.map(({ name }) => name), radarSeries(scores));
  if (!chart) return [];
  const centre = { x: chart.width / 2, y: chart.height / 2 };
  const ringLines = chart.rings.flatMap(({ path }) => {
    const points = path.split(' ').map((pair) => pair.split(',').map(Number) as [number, number]);
    return points.map(([x1, y1], index) => {
      const [x2, y2] = points[(index + 1) % points.length] ?? [x1, y1];
      return { x1, y1, x2, y2, weight: 0.3 };
    });
  });
  const drawing: Drawing = {
    caption: words('appraisal:chart.radar'), width: chart.width, height: chart.height,
    lines: [
      ...ringLines, ...chart.axes.map(({ end }) => ({ x1: centre.x, y1: centre.y, x2: end.x, y2: end.y, weight: 0.3 })),
      ...chart.series.flatMap(({ key, segments }) => segments.map(({ from, to }) => ({ x1: from.x, y1: from.y, x2: to.x, y2: to.y, weight: 1.4, dashed: key === 'department' }))),
    ],
    labels: chart.axes.map(({ label, at, anchor }) => ({ ...at, text: label, anchor })),
  };
  return [{ drawing }, { text: words('appraisal:chart.radarKey') }];
}

function trendBlocks(trend: Source['trend'], words: Words, lang: Lang): ReportBlock[] {
  if (trend.length === 0) return [];
  const chart = trendChart(trend);
  const drawing: Drawing = {
    caption: words('appraisal:chart.trend'), width: chart.width, height: chart.height,
    lines: [
      ...chart.lines.map(({ y }) => ({ x1: 40, y1: y, x2: chart.width - 30, y2: y, weight: 0.3 })),
      ...chart.points.slice(1).map((point, index) => ({ x1: chart.points[index]?.x ?? 0, y1: chart.points[index]?.y ?? 0, x2: point.x, y2: point.y, weight: 1.4 })),
    ],
    labels: [...chart.lines.map(({ y, value }) => ({ x: 34, y, text: String(value), anchor: 'end' as const })), ...chart.points.map(({ x, y, on, score }) => ({ x, y: y - 10, text: `${on.slice(0, 7)} ${score.toFixed(1)}`, anchor: 'middle' as const }))],
  };
  return [
    ...(trend.length > 1 ? [{ drawing }] : []),
    { table: { caption: words('appraisal:chart.trend'), head: [words('appraisal:chart.published'), words('appraisal:score.total')], widths: [1, 1], rows: trend.map(({ on, score }) => [formatDate(on, lang), score.toFixed(1)]) } },
  ];
}

const evidenceBlocks = ({ evidence }: Source, words: Words, lang: Lang): ReportBlock[] => evidenceGroups(evidence, words, lang).map(({ title, rows }) => ({ table: {
  caption: title, head: [words('appraisal:evidence.figure'), words('appraisal:evidence.value')], widths: [3, 2], rows: rows.map(({ label, value }) => [label, value ?? words('appraisal:evidence.unknown')]),
} }));
