import type { Checkpoint } from './checkpoint';
import { jsonMembers } from './json-members';
import { LogVerifier, type LogVerdict } from './log-verifier';

export const LOG_FORMAT = 'policyloop-log-v1';

/**
 * The verdict on an exported log, read as it comes in. `acceptedKeys` are public keys in base64; null trusts those that the checkpoints name. A file that is rubbish is a
 * verdict too, never an exception; a stream that fails throws.
 */
export async function verifyLogFile(chunks: AsyncIterable<Uint8Array>, checkpoints: readonly Checkpoint[], acceptedKeys: ReadonlySet<string> | null): Promise<LogVerdict> {
  const verifier = new LogVerifier(checkpoints, acceptedKeys);
  const source = withFaults(chunks);
  try {
    let format: unknown = null;
    for await (const { key, value, element } of jsonMembers(source.chunks)) {
      if (!element && key === 'format') format = value;
      else if (!element && key === 'city') verifier.declare(value, null);
      else if (!element && key === 'size') verifier.declare(null, value);
      else if (element && key === 'entries') verifier.add(value);
      else if (element && key === 'pending') verifier.addPending(value);
      else if (element && key === 'heads') verifier.addHead(value);
    }
    return verifier.end(format !== LOG_FORMAT);
  } catch (error) {
    if (source.failed()) throw error;
    return verifier.end(true);
  }
}

/** Tells a stream that failed from a text that is none. */
function withFaults(chunks: AsyncIterable<Uint8Array>): { chunks: AsyncIterable<Uint8Array>; failed(): boolean } {
  let failed = false;
  async function* passed(): AsyncGenerator<Uint8Array> {
    try {
      yield* chunks;
    } catch (error) {
      failed = true;
      throw error;
    }
  }
  return { chunks: passed(), failed: () => failed };
}
