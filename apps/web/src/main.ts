import 'reflect-metadata';
import { resolve } from 'node:path';
import { readSettings } from '@platform/settings';
import { createWebApp } from './web-app';

async function main(): Promise<void> {
  const settings = readSettings(process.env);
  // Views, texts and assets are read from the sources, which lie beside the build.
  const app = await createWebApp({ settings, webDir: resolve(process.cwd(), 'apps/web') });
  await app.listen(settings.port, settings.host);
}

// A rejection that one request left unheard would end the process, and with it everybody's requests.
process.on('unhandledRejection', (reason) => {
  process.stderr.write(`web: unhandled rejection: ${reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)}\n`);
});

main().catch((error: unknown) => {
  process.stderr.write(`web: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
