import { DomainError } from '@platform/kernel';
import { serveThread } from '@platform/threads';

/** A thread that does what its input asks for: everything that can go wrong with one. */
serveThread<{ do: string; bytes?: Uint8Array }, unknown>(async ({ do: what, bytes }) => {
  if (what === 'refuse') throw DomainError.invalid('documents:error.empty', [{ field: 'text', key: 'k' }], { megabytes: 3 });
  if (what === 'fail') throw new TypeError('broken');
  if (what === 'exit') process.exit(3);
  if (what === 'spin') for (;;) Math.sqrt(2);
  if (what === 'hoard') for (const kept: unknown[] = []; ;) kept.push(new Array(100_000).fill(kept.length));
  if (what === 'unsendable') return () => undefined;
  if (what === 'wait') await new Promise((resolve) => { setTimeout(resolve, 150); });
  return { what, length: bytes?.length ?? 0 };
});
