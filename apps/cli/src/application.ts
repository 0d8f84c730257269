import { PolicyModule } from '@core/policy';
import { IdentityModule } from '@platform/identity';
import { type Clock } from '@platform/kernel';
import { MalwareModule } from '@platform/malware';
import { keysOf, MerkleLogModule } from '@platform/merkle-log';
import { MessagingModule } from '@platform/messaging';
import { PersistenceModule } from '@platform/persistence';
import { readSettings } from '@platform/settings';
import { StorageModule } from '@platform/storage';
import { type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DOMAIN_MODULES } from './domains';

@Module({})
class CliModule {}

/** Runs work in the application without a door, and closes it again. `clock` replaces the one of the settings. */
export async function withApplication<T>(work: (app: INestApplicationContext) => Promise<T>, clock?: Clock): Promise<T> {
  const settings = readSettings(process.env);
  const app = await NestFactory.createApplicationContext({
    module: CliModule,
    imports: [
      PersistenceModule.forRoot({ appUrl: settings.appUrl, publicUrl: settings.publicUrl, clock: clock ?? settings.clock }),
      StorageModule.forRoot({ storageUrl: settings.storageUrl }),
      MalwareModule.forRoot({ clamdUrl: settings.clamdUrl }),
      IdentityModule.forRoot({ jwtSecret: settings.jwtSecret }),
      MessagingModule,
      MerkleLogModule.forRoot(keysOf(settings.logSigningKey, settings.logAcceptedKeys)),
      PolicyModule,
      ...DOMAIN_MODULES,
    ],
  }, { logger: ['error', 'fatal'], abortOnError: false });
  try {
    return await work(app);
  } finally {
    await app.close();
  }
}
