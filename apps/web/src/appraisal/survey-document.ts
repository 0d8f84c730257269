import type { Drawing, ReportBlock } from '@core/documents';
import type { Scores, SurveyEvidence } from '@domains/evaluation';
import type { Words } from '../drafting/named-text';
import { type IntervalRow, surveySection } from './survey-view';

/** Points of a drawing: a line of words for each bar, and the bar beside it. */
const FIELD = { width: 440, left: 170, bar: 200, row: 18 };

/** The survey as a section of a report's document: what was asked of whom, each question, and survey beside judgement. */
export function surveyBlocks(survey: SurveyEvidence, scores: Scores, words: Words): ReportBlock[] {
  const view = surveySection(survey, scores, words);
  const none = words('survey:results.hidden');
  const table = (caption: string, rows: readonly IntervalRow[]): ReportBlock => ({ table: {
    caption, widths: [4, 1.5, 1.5, 2.5], head: [words('survey:results.answer'), words('survey:results.count'), words('survey:results.estimate'), words('survey:results.interval')],
    rows: rows.map(({ label, count, shown, interval }) => [label, count === null ? none : String(count), shown ?? none, interval ?? '—']),
  } });
  return [
    { heading: words('survey:report.title') },
    { text: [words('survey:report.what', { title: view.title, by: view.by, frame: view.frame, drawn: view.drawn, answered: view.answered, rate: view.rate }), words('survey:results.method'), words('survey:results.keptBack', { minimum: view.minimum }), ...view.joined.map((strata) => words('survey:results.joined', { strata }))].join('\n') },
    { table: {
      caption: words('survey:strata.title'), widths: [4, 1.4, 1.4, 1.4, 1.4, 1.4], head: ['stratum', 'frame', 'drawn', 'answered', 'rate', 'weight'].map((key) => words(`survey:strata.${key}`)),
      rows: view.strata.map(({ label, frame, drawn, answered, rate, weight }) => [label, String(frame), String(drawn), String(answered), rate, weight ?? '—']),
    } },
    ...(view.marks.length > 0 ? [{ table: {
      caption: words('survey:marks.title'), widths: [4, 2, 2, 2.5, 1], head: ['indicator', 'judged', 'survey', 'interval', 'n'].map((key) => words(`survey:marks.${key}`)),
      rows: view.marks.map(({ name, judged, shown, interval, n }) => [name, judged ?? words('appraisal:score.missing'), shown ?? none, interval ?? '—', n === null ? none : String(n)]),
    } }] : []),
    ...view.questions.flatMap(({ no, text, n, mean, rows, groups, empty }): ReportBlock[] => {
      const caption = words('survey:results.question', { no, text, n: n === null ? none : n });
      if (empty) return [{ text: `${caption}\n${words('survey:results.tooFew')}` }];
      const all = [...(mean ? [mean] : []), ...rows];
      return [
        ...(all.length > 0 ? [{ drawing: drawingOf(caption, all) }, table(caption, all)] : [{ text: caption }]),
        ...groups.map((group) => table(`${no}. ${group.label}`, group.rows)),
      ];
    }),
  ];
}

function drawingOf(caption: string, rows: readonly IntervalRow[]): Drawing {
  const x = (hundredths: number): number => FIELD.left + (hundredths * FIELD.bar) / 100;
  const bars = rows.map((row, at) => ({ ...row, y: 12 + at * FIELD.row }));
  return {
    caption, width: FIELD.width, height: 12 + rows.length * FIELD.row,
    lines: bars.flatMap(({ bar, y }) => (bar === null ? [] : [
      { x1: x(0), y1: y, x2: x(bar.width), y2: y, weight: 7 },
      ...(bar.low === null || bar.high === null ? [] : [
        { x1: x(bar.low), y1: y + 6, x2: x(bar.high), y2: y + 6, weight: 0.8 }, ...[bar.low, bar.high].map((end) => ({ x1: x(end), y1: y + 4, x2: x(end), y2: y + 8, weight: 0.8 })),
      ]),
    ])),
    labels: bars.flatMap(({ label, shown, y }) => [
      { x: FIELD.left - 8, y: y + 3, text: [...label].length > 14 ? `${[...label].slice(0, 13).join('')}…` : label, anchor: 'end' as const }, { x: x(100) + 8, y: y + 3, text: shown ?? '—', anchor: 'start' as const },
    ]),
  };
}
