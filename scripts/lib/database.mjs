import { setTimeout as sleep } from 'node:timers/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Refusal, root } from './project.mjs';

/** The embedded server's own module, from the build. */
async function embedded() {
  const file = path.join(root, 'dist/libs/platform/persistence/src/embedded/start.js');
  return (await import(pathToFileURL(file).href)).default;
}

/** Starts the embedded PostgreSQL; its one-line complaints become refusals. */
export async function startDatabase(options) {
  const { startEmbeddedPostgres } = await embedded();
  try {
    return await startEmbeddedPostgres(options);
  } catch (error) {
    throw new Refusal(error.message);
  }
}

/** The embedded database of `dataDir`: the one that `npm start` runs, or one started for this command alone. */
export async function openDatabase(dataDir) {
  const { findEmbeddedPostgres } = await embedded();
  const url = await findEmbeddedPostgres(dataDir);
  return url ? { url, stop: () => undefined } : startDatabase({ dataDir });
}

/** Starts the embedded PostgreSQL and starts it again on the same port whenever it dies. */
export async function keepDatabase(dataDir, onLost) {
  let server = await startDatabase({ dataDir });
  let stopping = false;
  const watch = () => server.exited.then(() => (stopping ? undefined : revive()));
  const revive = async () => {
    console.error('PostgreSQL ended unexpectedly; starting it again.');
    for (let attempt = 1; !stopping; attempt += 1) {
      try {
        server = await startDatabase({ dataDir, port: server.port });
        if (stopping) await server.stop();
        return void watch();
      } catch (error) {
        if (attempt === 5) return onLost(error);
        await sleep(1000 * attempt);
      }
    }
  };
  void watch();
  return {
    url: server.url,
    stop: () => {
      stopping = true;
      return server.stop();
    },
  };
}
