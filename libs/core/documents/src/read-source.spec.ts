import { Document, Packer, Paragraph } from 'docx';
import fc from 'fast-check';
import { zip } from '../../../../test/support/zip';
import { readSource } from './index';
import { unpackDocx } from './zip-guard';

const TEXT = '示例市扶持办法\n第一条 甲。\n第二条 乙。';
const gb18030 = Buffer.from([0xb5, 0xda, 0xd2, 0xbb, 0xcc, 0xf5, 0x20, 0xbc, 0xd7, 0xa1, 0xa3]);

describe('readSource', () => {
  it.each([
    ['UTF-8', Buffer.from('第一条 甲。')],
    ['UTF-8 with its mark', Buffer.from('\ufeff第一条 甲。')],
    ['GB18030', gb18030],
    ['UTF-16', Buffer.from('\ufeff第一条 甲。', 'utf16le')],
  ])('reads %s', async (_name, buffer) => {
    const parsed = await readSource('某办法.txt', buffer);
    expect(parsed).toMatchObject({ title: '某办法', articles: 1, source: '第一条 甲。' });
  });

  it('reads a DOCX by its content, whatever its name', async () => {
    const docx = await Packer.toBuffer(new Document({ sections: [{ children: TEXT.split('\n').map((text) => new Paragraph(text)) }] }));
    expect(await readSource('x.txt', docx)).toMatchObject({ title: '示例市扶持办法', articles: 2 });
  });

  const part = { name: 'word/document.xml', data: Buffer.from('<a/>') };
  it.each([
    ['empty', Buffer.alloc(0)],
    ['empty', Buffer.from(' \n')],
    ['notText', Buffer.from([0x41, 0, 0x42])],
    ['notText', Buffer.from([0xff, 0xff, 0xff, 0x20])],
    ['oldWord', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1])],
    ['pdf', Buffer.from('%PDF-1.7')],
    ['docxBroken', Buffer.from('PK\u0003\u0004rubbish')],
    ['docxBroken', zip([part])],
    ['notDocx', zip([{ ...part, name: 'xl/workbook.xml' }])],
    ['docxMacros', zip([part, { name: 'word/vbaProject.bin', data: Buffer.from('x') }])],
    ['docxEncrypted', zip([{ ...part, flags: 1 }])],
    ['docxTooLarge', zip([{ ...part, declared: 70 * 1024 * 1024 }])],
    ['docxTooLarge', zip([{ ...part, data: Buffer.from('<a/>'.repeat(500_001)) }])],
    ['docxTooLarge', zip(Array.from({ length: 2_001 }, (_, i) => ({ name: `a${i}`, data: Buffer.from('') })))],
    ['docxBroken', zip([{ name: 'word/document.xml', data: Buffer.alloc(50 * 1024 * 1024), declared: 10 }])],
    ['docxBroken', Buffer.concat([zip([part]), Buffer.from('tail')])],
  ])('refuses with %s (%#)', async (reason, buffer) => {
    await expect(readSource('a.docx', buffer)).rejects.toMatchObject({ problem: 'invalid', key: `documents:error.${reason}` });
  });

  it('does not believe the size that an archive declares', () => {
    expect(() => unpackDocx(zip([part]))).not.toThrow();
    for (const declared of [1, part.data.length - 1, part.data.length + 1]) {
      expect(() => unpackDocx(zip([{ ...part, declared }]))).toThrow('documents:error.docxBroken');
    }
  });

  it('reads or refuses clearly whatever a ZIP header is followed by', async () => {
    const whole = await Packer.toBuffer(new Document({ sections: [{ children: [new Paragraph('第一条 甲。')] }] }));
    await fc.assert(fc.asyncProperty(fc.nat(whole.length - 5), fc.nat(255), async (at, byte) => {
      const damaged = Buffer.from(whole);
      damaged[at + 4] = byte;
      const result = await readSource('a.docx', damaged).catch((error: unknown) => error);
      expect(result instanceof Error ? (result as Error & { key?: string }).key : 'documents:error').toMatch(/^documents:error/);
    }), { numRuns: 150 });
  });
});
