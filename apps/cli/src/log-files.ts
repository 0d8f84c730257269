import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { type LogVerdict, readCheckpoints, readPublicKeys, verifyLogFile } from '@platform/merkle-log';
import { message } from './output';

/** Bytes of a file of checkpoints or keys; a checkpoint has some four hundred. */
const MOST_CHECKPOINTS = 64 * 1024 * 1024;

/** What `policyloop verify LOG CHECKPOINT --json` prints. */
export interface LogAnswer {
  valid: boolean;
  /** One sentence, in Chinese. */
  why: string;
  /** The same as a word for programs. */
  reason: LogVerdict['reason'] | 'file_unreadable' | 'keys_unreadable';
  city: string | null;
  /** Entries in the log's order, how many of them the newest checkpoint proves, and those that have no number yet. */
  entries: number;
  covered: number;
  pending: number;
  checkpoints: number;
  keyIds: string[];
  /** False: the signatures are by the keys that the checkpoints name themselves; give `--key` to be sure whose they are. */
  keysGiven: boolean;
}

/** An exported log against checkpoints, offline: no database, no network. A file that is missing or rubbish is a verdict too. */
export async function verifyLogFiles(logPath: string, checkpointPath: string, keyPath?: string): Promise<LogAnswer> {
  let [path, keys]: [string, ReadonlySet<string> | null] = [checkpointPath, null];
  try {
    const checkpoints = readCheckpoints(await small(checkpointPath));
    if (keyPath !== undefined) {
      path = keyPath;
      keys = new Set(readPublicKeys(await small(keyPath)).map((key) => key.toString('base64')));
      if (keys.size === 0) return answer(NOTHING, 'keys_unreadable');
    }
    if (!checkpoints) return answer({ ...NOTHING, keysGiven: keys !== null }, 'checkpoint_unreadable');
    path = logPath;
    const verdict = await verifyLogFile(createReadStream(logPath), checkpoints, keys);
    return answer(verdict, verdict.reason);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === undefined) throw error;
    return answer({ ...NOTHING, params: { path, code } }, 'file_unreadable');
  }
}

const NOTHING: Omit<LogVerdict, 'reason'> = { valid: false, params: {}, city: null, entries: 0, pending: 0, covered: 0, checkpoints: 0, keyIds: [], keysGiven: false };

const answer = ({ valid, params, city, entries, covered, pending, checkpoints, keyIds, keysGiven }: Omit<LogVerdict, 'reason'>, reason: LogAnswer['reason']): LogAnswer => ({
  valid, why: message({ key: `ledger-log:why.${reason}`, details: { params } }), reason, city, entries, covered, pending, checkpoints, keyIds, keysGiven,
});

async function small(path: string): Promise<string> {
  const { size } = await stat(path);
  return size > MOST_CHECKPOINTS ? '' : readFile(path, 'utf8');
}
