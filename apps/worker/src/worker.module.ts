import { PolicyModule } from '@core/policy';
import { IdentityModule } from '@platform/identity';
import { MalwareModule } from '@platform/malware';
import { keysOf, MerkleLogModule } from '@platform/merkle-log';
import { MessagingModule } from '@platform/messaging';
import { PersistenceModule } from '@platform/persistence';
import type { Settings } from '@platform/settings';
import { StorageModule } from '@platform/storage';
import { type DynamicModule, Module } from '@nestjs/common';
import { DOMAIN_MODULES } from './domains';
import { Schedules } from './schedules';

/** The clock-and-queue door: reactions to events, and what happens by itself when its time has come. */
@Module({})
export class WorkerModule {
  static forRoot(settings: Settings): DynamicModule {
    return {
      module: WorkerModule,
      imports: [
        PersistenceModule.forRoot({ appUrl: settings.appUrl, publicUrl: settings.publicUrl, clock: settings.clock }),
        StorageModule.forRoot({ storageUrl: settings.storageUrl }),
        MalwareModule.forRoot({ clamdUrl: settings.clamdUrl }),
        IdentityModule.forRoot({ jwtSecret: settings.jwtSecret }),
        MessagingModule,
        MerkleLogModule.forRoot(keysOf(settings.logSigningKey, settings.logAcceptedKeys)),
        PolicyModule,
        ...DOMAIN_MODULES,
      ],
      providers: [Schedules],
    };
  }
}
