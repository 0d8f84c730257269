import { comparisonDocx, comparisonPdf, parseText, unpackDocx } from '@core/documents';
import { measurePdfs } from '../../../../test/support/measure-pdf';
import { columnsTable, columnsView } from './compare-page';
import type { Columns } from './comparison-reads';

const provisions = parseText('办法\n第一条　为了测试，制定本办法。').provisions.map((provision) => ({ ...provision, identity: provision.clauseId }));
const columns = (total: number): Columns => ({
  consultations: [],
  columns: {
    consultation: { id: 'c', title: '征求意见', versionId: 'v', versionNo: 1 }, consulted: provisions, final: { label: '定稿', no: 2, provisions },
    opinions: { items: [{ receiptNo: 'r1', clauseId: 'art_1', authorKind: 'resident', text: '意见', disposition: null, reason: null, adoptedIdentity: null }], total },
  },
});
const words = (key: string, params?: Record<string, unknown>): string => (key === 'editor:columns.cut' ? `共 ${String(params?.['total'])} 条意见，列出前 ${String(params?.['shown'])} 条。` : key);

it('says on the page and in print how many opinions there are where not all of them stand in the table', async () => {
  expect(columnsView(columns(12_345), undefined).columns).toMatchObject({ counts: { opinions: 12_345 }, cut: { total: '12,345', shown: '1' } });
  const table = columnsTable('办法', columns(12_345), words);
  expect(table.note).toBe('共 12,345 条意见，列出前 1 条。');
  expect(unpackDocx(await comparisonDocx(table)).get('word/document.xml')?.toString()).toContain('共 12,345 条意见，列出前 1 条。');
  const [pdf] = await measurePdfs([await comparisonPdf(table)]);
  expect(pdf?.pages[0]?.items.map(({ text }) => text).join('').replace(/\s/g, '')).toContain('共12,345条意见，列出前1条。');
});

it('says nothing of it where all stand there', () => {
  expect(columnsView(columns(1), undefined).columns?.cut).toBeNull();
  expect(columnsTable('办法', columns(1), words).note).toBeUndefined();
});
