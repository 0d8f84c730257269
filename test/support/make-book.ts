import { readFileSync, writeFileSync } from 'node:fs';
import { bookPdf } from '@core/documents';

/** A program of its own, so that the time and the memory are the book's alone: `make-book.ts IN.json OUT.pdf` prints seconds, megabytes at most and pages. */
const [, , input = '', output = ''] = process.argv;
const started = process.hrtime.bigint();
void bookPdf(JSON.parse(readFileSync(input, 'utf8')) as Parameters<typeof bookPdf>[0]).then(({ bytes, pages }) => {
  writeFileSync(output, bytes);
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  process.stdout.write(JSON.stringify({ seconds, megabytes: process.resourceUsage().maxRSS / 1024, pages }));
});
