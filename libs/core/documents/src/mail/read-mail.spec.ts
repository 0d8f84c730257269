import { htmlText } from './html-text';
import { MailPool } from './mail-pool';
import { readMail } from './read-mail';

const mail = (head: string, body: Buffer | string): Buffer => Buffer.concat([Buffer.from(`From: =?UTF-8?B?${Buffer.from('张三').toString('base64')}?= <zhang@example.cn>\r\n${head}\r\n\r\n`), Buffer.from(body as string)]);
/** 建议提高 in GB 18030. */
const GB = Buffer.from('bda8d2e9cce1b8df', 'hex');

describe('a mail', () => {
  it('in GB 18030 by base64, and its subject too', async () => {
    const read = await readMail(mail(`Subject: =?gb18030?B?${GB.toString('base64')}?=\r\nMessage-ID: <1@example.cn>\r\nDate: Mon, 2 Mar 2026 10:00:00 +0800\r\nContent-Type: text/plain; charset=gb18030\r\nContent-Transfer-Encoding: base64`, GB.toString('base64')));
    expect(read).toMatchObject({ subject: '建议提高', text: '建议提高', messageId: '<1@example.cn>', from: { name: '张三', address: 'zhang@example.cn' }, sentAt: new Date('2026-03-02T02:00:00Z'), cut: false, attachments: [] });
  });

  it('in quoted-printable, folded headers and no date, and in a charset that nobody knows', async () => {
    const read = await readMail(mail('Subject: =?utf-8?Q?=E5=BB=BA?=\r\n =?utf-8?Q?=E8=AE=AE?=\r\nDate: yesterday\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable', '=E5=BB=BA=\r\n=E8=AE=AE'));
    expect((await readMail(mail('Subject: x\r\nContent-Type: text/plain; charset=x-nowhere', 'plain'))).text).toBe('plain');
    expect(read).toMatchObject({ subject: '建议', text: '建议', sentAt: null, messageId: null });
  });

  it('of HTML alone gives its words, and nothing of its scripts', async () => {
    const read = await readMail(mail('Subject: x\r\nContent-Type: text/html; charset=utf-8', '<html><head><title>t</title><style>p{}</style></head><body onload=alert(1)><p>第一行&amp;&#x4F60;</p><script>alert("<p>不是字</p>")</script><div>第二行</div><!-- <p>藏</p> --></body></html>'));
    expect(read.text).toBe('第一行&你\n\n第二行');
    expect(htmlText('<'.repeat(300_000))).toBe('');
    // As a browser reads it: the first bracket opens a tag that ends at the next closing one.
    expect(htmlText('a<b <script>x</script>c')).toBe('axc');
  });

  it('names its attachments with their sizes and keeps none of them', async () => {
    const body = ['--b', 'Content-Type: text/plain; charset=utf-8', '', '见附件。', '--b', 'Content-Type: application/pdf; name="=?utf-8?B?5oSP6KeBLnBkZg==?="', 'Content-Disposition: attachment', 'Content-Transfer-Encoding: base64', '', Buffer.alloc(300).toString('base64'), '--b--', ''].join('\r\n');
    const read = await readMail(mail('Subject: x\r\nContent-Type: multipart/mixed; boundary=b', body));
    expect(read).toMatchObject({ text: '见附件。', attachments: [{ name: '意见.pdf', type: 'application/pdf', size: 300 }] });
    expect(JSON.stringify(read)).not.toContain('AAAA');
  });

  it('that is none, is too large, or nested without end is refused in words, beside the event loop', async () => {
    const nested = `From: a@b.cn\r\nSubject: x\r\n${Array.from({ length: 400 }, (_, n) => `Content-Type: multipart/mixed; boundary=b${n}\r\n\r\n--b${n}\r\n`).join('')}`;
    const pool = new MailPool();
    try {
      await expect(pool.read(Buffer.from('\u0000\u0001不是邮件'))).rejects.toMatchObject({ key: 'channels:error.mailBroken' });
      await expect(pool.read(Buffer.alloc(0))).rejects.toMatchObject({ key: 'channels:error.mailBroken' });
      await expect(pool.read(Buffer.from(nested))).rejects.toMatchObject({ key: 'channels:error.mailBroken' });
      await expect(pool.read(Buffer.from(`From: a@b.cn\r\nSubject: ${'x'.repeat(300_000)}\r\n\r\n`))).rejects.toMatchObject({ key: 'channels:error.mailBroken' });
      await expect(pool.read(Buffer.alloc(11 * 1024 * 1024, 65))).rejects.toMatchObject({ key: 'channels:error.mailTooLarge' });
      const long = await pool.read(mail('Subject: x', '长'.repeat(60_000)));
      expect([[...long.text].length, long.cut, long.from.address]).toEqual([50_000, true, 'zhang@example.cn']);
    } finally {
      await pool.close();
    }
  });
});
