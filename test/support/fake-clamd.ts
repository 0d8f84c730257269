import { createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

export interface FakeClamd {
  /** As in `CLAMD_URL`. */
  url: string;
  /** Every stream that came in whole. */
  received: Buffer[];
  /** While false it hangs up on everybody. */
  up: boolean;
  /** Runs before it answers a stream; a test may hold it here. */
  before: () => Promise<void>;
  close(): Promise<void>;
}

/**
 * A server that speaks the part of clamd's protocol that is used: `zINSTREAM`, chunks behind their lengths, a verdict. It finds the EICAR test file and nothing else.
 * `answer` replaces its verdicts (null: none at all, ''; hang up), `limit` is its StreamMaxLength in bytes.
 */
export async function fakeClamd({ answer, limit = 25_000_000, socket }: { answer?: string | null; limit?: number; socket?: string } = {}): Promise<FakeClamd> {
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    sockets.add(client);
    client.on('close', () => sockets.delete(client)).on('error', () => client.destroy());
    if (!fake.up) {
      client.destroy();
      return;
    }
    let buffer = Buffer.alloc(0);
    let command = '';
    let size = 0;
    const chunks: Buffer[] = [];
    client.on('data', (part: Buffer) => {
      buffer = Buffer.concat([buffer, part]);
      if (command === '') {
        const end = buffer.indexOf(0);
        if (end < 0) return;
        command = buffer.toString('latin1', 0, end);
        buffer = buffer.subarray(end + 1);
      }
      if (command !== 'zINSTREAM') {
        client.end('UNKNOWN COMMAND\0');
        return;
      }
      while (buffer.length >= 4) {
        const length = buffer.readUInt32BE(0);
        if (length === 0) {
          void finish();
          return;
        }
        if ((size + length) > limit) {
          client.end('INSTREAM size limit exceeded. ERROR\0');
          return;
        }
        if (buffer.length < 4 + length) return;
        chunks.push(buffer.subarray(4, 4 + length));
        size += length;
        buffer = buffer.subarray(4 + length);
      }
    });
    const finish = async (): Promise<void> => {
      const bytes = Buffer.concat(chunks);
      fake.received.push(bytes);
      await fake.before();
      if (answer === null || client.destroyed) return;
      client.end(answer ?? (bytes.includes('EICAR-STANDARD-ANTIVIRUS-TEST-FILE') ? 'stream: Eicar-Test-Signature FOUND\0' : 'stream: OK\0'), 'latin1');
    };
  });
  const fake: FakeClamd = {
    url: '', received: [], up: true, before: () => Promise.resolve(),
    close: () => new Promise((resolve) => {
      for (const one of sockets) one.destroy();
      server.close(() => resolve());
    }),
  };
  await new Promise<void>((resolve) => { server.listen(socket ? { path: socket } : { host: '127.0.0.1', port: 0 }, resolve); });
  fake.url = socket ? `unix://${socket}` : `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return fake;
}
