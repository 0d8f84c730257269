/** `npm run build`: compiles apps, libs and migrations to dist/ and builds the styles. */
import { ensureBuilt } from './lib/compile.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { runScript } from './lib/project.mjs';

await runScript(async () => {
  await ensureInstalled();
  await ensureBuilt();
});
