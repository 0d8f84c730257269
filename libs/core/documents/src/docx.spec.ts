import { AlignmentType, Document, FootnoteReferenceRun, LevelFormat, Packer, Paragraph, Tab, Table, TableCell, TableRow, TextRun } from 'docx';
import { zip } from '../../../../test/support/zip';
import { readSource, tableRows } from './index';

const W = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const raw = (body: string, parts: Record<string, string> = {}): Buffer => zip([
  { name: 'word/document.xml', data: Buffer.from(`<w:document xmlns:w="${W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml"><w:body>${body}</w:body></w:document>`) },
  ...Object.entries(parts).map(([name, text]) => ({ name: `word/${name}.xml`, data: Buffer.from(text) })),
]);
const read = async (buffer: Buffer) => readSource('稿.docx', buffer);
const p = (inner: string, properties = ''): string => `<w:p>${properties ? `<w:pPr>${properties}</w:pPr>` : ''}${inner}</w:p>`;
const r = (text: string, properties = ''): string => `<w:r>${properties ? `<w:rPr>${properties}</w:rPr>` : ''}<w:t xml:space="preserve">${text}</w:t></w:r>`;
const numbered = (list: number, level: number): string => `<w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="${list}"/></w:numPr>`;
const level = (at: number, format: string, text: string, more = ''): string => `<w:lvl w:ilvl="${at}"><w:start w:val="1"/><w:numFmt w:val="${format}"/>${more}<w:lvlText w:val="${text}"/></w:lvl>`;
const numbering = (levels: string, lists: string): string => `<w:numbering xmlns:w="${W}"><w:abstractNum w:abstractNumId="0">${levels}</w:abstractNum>${lists}</w:numbering>`;
const list = (id: number, inner = ''): string => `<w:num w:numId="${id}"><w:abstractNumId w:val="0"/>${inner}</w:num>`;

describe('numbers that Word counts by itself', () => {
  it('become the markers of chapters, articles and items, as one sees them', async () => {
    const config = [{ reference: 'law', levels: [
      { level: 0, format: LevelFormat.CHINESE_COUNTING, text: '第%1章', alignment: AlignmentType.LEFT },
      { level: 1, format: LevelFormat.CHINESE_COUNTING, text: '第%2条', alignment: AlignmentType.LEFT },
      { level: 2, format: LevelFormat.CHINESE_COUNTING, text: '（%3）', alignment: AlignmentType.LEFT },
    ] }];
    const line = (text: string, at: number): Paragraph => new Paragraph({ text, numbering: { reference: 'law', level: at } });
    const buffer = await Packer.toBuffer(new Document({ numbering: { config }, sections: [{ children: [
      new Paragraph('测试办法'), line('总则', 0), line('为了测试，制定本办法。', 1), line('申请人应当提交：', 1), line('申请表；', 2), line('承诺书。', 2),
      line('附则', 0), line('本办法自公布之日起施行。', 1),
    ] }] }));
    const { source, articles, provisions } = await read(buffer);
    expect(source.split('\n')).toEqual(['测试办法', '第一章　总则', '第一条　为了测试，制定本办法。', '第二条　申请人应当提交：', '（一）申请表；', '（二）承诺书。', '第二章　附则', '第一条　本办法自公布之日起施行。']);
    expect(articles).toBe(3);
    expect(provisions.filter(({ kind }) => kind === 'item').map(({ clauseId }) => clauseId)).toEqual(['art_2__item_1', 'art_2__item_2']);
  });

  it('go on through chapters where the level says so, and begin anew where a list overrides its start', async () => {
    const part = numbering(
      level(0, 'chineseCountingThousand', '第%1章') + level(1, 'chineseCountingThousand', '第%2条', '<w:lvlRestart w:val="0"/>') + level(2, 'decimal', '%3.'),
      list(1) + list(2, '<w:lvlOverride w:ilvl="2"><w:startOverride w:val="1"/></w:lvlOverride>'));
    const { source } = await read(raw([
      p(r('总则'), numbered(1, 0)), p(r('甲。'), numbered(1, 1)), p(r('附则'), numbered(1, 0)), p(r('乙：'), numbered(1, 1)), p(r('一项'), numbered(1, 2)), p(r('二项'), numbered(1, 2)), p(r('另起'), numbered(2, 2)),
    ].join(''), { numbering: part }));
    expect(source.split('\n')).toEqual(['第一章　总则', '第一条　甲。', '第二章　附则', '第二条　乙：', '1.　一项', '2.　二项', '1.　另起']);
  });

  it('come from the style, end with numId 0, and survive circles between styles', async () => {
    const styles = `<w:styles xmlns:w="${W}"><w:style w:type="paragraph" w:styleId="A"><w:basedOn w:val="B"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style><w:style w:type="paragraph" w:styleId="B"><w:basedOn w:val="A"/></w:style></w:styles>`;
    const { source } = await read(raw(
      p(r('甲'), '<w:pStyle w:val="A"/>') + p(r('乙'), '<w:pStyle w:val="B"/>') + p(r('丙'), '<w:pStyle w:val="A"/><w:numPr><w:numId w:val="0"/></w:numPr>'),
      { styles, numbering: numbering(level(0, 'ideographDigital', '%1、'), list(1)) }));
    expect(source.split('\n')).toEqual(['一、甲', '二、乙', '丙']);
  });
});

describe('tables', () => {
  it('are provisions of their own with every cell, under the clause that announces them', async () => {
    const row = (cells: string[]): TableRow => new TableRow({ children: cells.map((cell) => new TableCell({ children: cell.split('\n').map((text) => new Paragraph(text)) })) });
    const buffer = await Packer.toBuffer(new Document({ sections: [{ children: [
      new Paragraph('第一条 补助标准如下：'), new Table({ rows: [row(['档次', '金额']), row(['一|二档', '10万元\n一次性']), row(['', '\\']) ] }), new Paragraph('第二条 本办法自公布之日起施行。'),
    ] }] }));
    const { provisions, articles } = await read(buffer);
    const table = provisions.find(({ kind }) => kind === 'table');
    expect([articles, table?.parent, table?.clauseId]).toEqual([2, 'art_1', 'art_1__table_1']);
    const { head, rows } = tableRows(table?.text ?? '');
    expect([...(head ? [head] : []), ...rows]).toEqual([['档次', '金额'], ['一|二档', '10万元\n一次性'], ['', '\\']]);
  });

  it('keep their columns under merged cells, and tables in cells their words; a frame of one column is no table', async () => {
    const tc = (text: string, properties = ''): string => `<w:tc><w:tcPr>${properties}</w:tcPr>${p(r(text))}</w:tc>`;
    const inner = `<w:tbl><w:tr>${tc('内一')}${tc('内二')}</w:tr></w:tbl>`;
    const { provisions, source } = await read(raw(
      `<w:tbl><w:tr>${tc('跨两列', '<w:gridSpan w:val="2"/>')}</w:tr><w:tr>${tc('甲', '<w:vMerge w:val="restart"/>')}<w:tc>${inner}${p('')}</w:tc></w:tr><w:tr>${tc('', '<w:vMerge/>')}${tc('丁')}</w:tr></w:tbl>`
      + `<w:tbl><w:tr>${tc('第一条　框里的条文。')}</w:tr></w:tbl>`));
    expect(tableRows(provisions[0]?.text ?? '').rows).toEqual([['跨两列', ''], ['甲', '内一　内二'], ['', '丁']]);
    expect(source).toContain('\n第一条　框里的条文。');
    expect(provisions.at(-1)).toMatchObject({ kind: 'article', clauseId: 'art_1' });
  });
});

describe('what people see, and what they do not', () => {
  it('reads notes, boxes, breaks, symbols and formulas', async () => {
    const notes = `<w:footnotes xmlns:w="${W}"><w:footnote w:id="1">${p(r('注释的话。'))}</w:footnote></w:footnotes>`;
    const box = `<w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent>${p(r('框中文字'))}</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>${p(r('框中文字'))}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>`;
    const { source, notices } = await read(raw(
      p(`${r('正文')}<w:r><w:footnoteReference w:id="1"/></w:r>${box}<w:r><w:br/></w:r>${r('下一行')}<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:noBreakHyphen/></w:r>`)
      + p('<w:oMath xmlns:w="http://schemas.openxmlformats.org/officeDocument/2006/math"><w:r><w:t>a+b</w:t></w:r></w:oMath>'), { footnotes: notes }));
    expect(source.split('\n')).toEqual(['正文［注1］', '下一行🗹-', '框中文字', 'a+b', '［注1］注释的话。']);
    expect(notices).toEqual([]);
  });

  it('takes tracked changes as accepted, leaves out what is hidden, and says so', async () => {
    const { source, notices } = await read(raw(
      p(`${r('留')}<w:ins>${r('增')}</w:ins><w:del><w:r><w:delText>删</w:delText></w:r></w:del>${r('藏', '<w:vanish/>')}<w:r><w:commentReference w:id="0"/></w:r>`)
      + p(`<w:moveFrom>${r('旧处')}</w:moveFrom>`) + p(`<w:moveTo>${r('新处')}</w:moveTo>`) + p('<w:r><w:drawing/></w:r>'),
      { header1: `<w:hdr xmlns:w="${W}">${p(r('内部资料'))}</w:hdr>`, '_rels/document.xml': '' }));
    expect(source.replace(/\n+/g, '\n').trim()).toBe('留增\n新处');
    expect(notices).toEqual([{ kind: 'insertions', count: 2 }, { kind: 'deletions', count: 2 }, { kind: 'hidden', count: 1 }, { kind: 'comments', count: 1 }, { kind: 'images', count: 1 }]);
  });

  it('keeps what a real writer makes of tabs, runs and footnotes', async () => {
    const buffer = await Packer.toBuffer(new Document({
      footnotes: { 1: { children: [new Paragraph('见附件。')] } },
      sections: [{ children: [new Paragraph({ children: [new TextRun('第一条'), new TextRun({ children: [new Tab(), '甲'] }), new FootnoteReferenceRun(1)] })] }],
    }));
    const { source, articles } = await read(buffer);
    expect([source, articles]).toEqual(['第一条\t甲［注1］\n［注1］见附件。', 1]);
  });
});

describe('rubbish', () => {
  it.each([
    ['nothing but an empty paragraph', raw('<w:p/>'), 'empty'],
    ['no XML', zip([{ name: 'word/document.xml', data: Buffer.from('{\\rtf1 hello}') }]), 'docxBroken'],
    ['entities from outside', zip([{ name: 'word/document.xml', data: Buffer.from(`<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document xmlns:w="${W}"><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>`) }]), 'docxBroken'],
    ['tables in tables without end', raw(`${'<w:tbl><w:tr><w:tc>'.repeat(200)}${'</w:tc></w:tr></w:tbl>'.repeat(200)}`), 'docxBroken'],
    ['no body', zip([{ name: 'word/document.xml', data: Buffer.alloc(0) }]), 'docxBroken'],
    ['an absurd span', raw(`<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr>${p(r('甲'))}</w:tc><w:tc>${p(r('乙'))}</w:tc></w:tr></w:tbl>`), ''],
    ['a circle of numbering styles', raw(p(r('甲'), numbered(1, 0)), { numbering: `<w:numbering xmlns:w="${W}"><w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="S"/></w:abstractNum>${list(1)}</w:numbering>`, styles: `<w:styles xmlns:w="${W}"><w:style w:type="numbering" w:styleId="S"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>` }), ''],
  ])('is refused clearly or harmless: %s', async (_what, buffer, reason) => {
    const answer = await read(buffer).then(({ source }) => ({ source }), (error: { key?: string }) => error);
    if (reason === '') expect(answer).toHaveProperty('source', expect.stringContaining('甲'));
    else expect(answer).toHaveProperty('key', `documents:error.${reason}`);
  });
});
