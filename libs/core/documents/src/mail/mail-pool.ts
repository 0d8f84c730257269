import { extname, join } from 'node:path';
import { DomainError } from '@platform/kernel';
import { ThreadError, ThreadPool } from '@platform/threads';
import { MAX_MAIL_BYTES, type MailContent } from './read-mail';

/** Reads mail files from outside in a thread of its own, whose time and memory are not the web's. */
export class MailPool {
  private readonly threads = new ThreadPool<Uint8Array, MailContent>({ file: join(__dirname, `read-mail.thread${extname(__filename)}`), size: 1, waiting: 8, timeoutMs: 20_000, memoryMb: 256 });

  /** @throws DomainError what `readMail` refuses; invalid `channels:error.mailTooLarge` for one that takes more time or memory than any honest one; too_many `channels:error.busy` */
  async read(bytes: Buffer): Promise<MailContent> {
    if (bytes.length > MAX_MAIL_BYTES) throw DomainError.invalid('channels:error.mailTooLarge');
    try {
      return await this.threads.run(bytes);
    } catch (error) {
      if (!(error instanceof ThreadError)) throw error;
      throw error.reason === 'busy' ? new DomainError('too_many', 'channels:error.busy') : DomainError.invalid('channels:error.mailTooLarge');
    }
  }

  close(): Promise<void> {
    return this.threads.close();
  }
}
