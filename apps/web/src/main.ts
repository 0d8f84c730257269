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

main().catch((error: unknown) => {
  process.stderr.write(`web: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
