import { type Clock, systemClock } from '@platform/kernel';
import { type DynamicModule, Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { PublicReader } from './public-reader';
import { SteadyClient } from './steady-client';
import { CLOCK } from './tokens';
import { UnitOfWork } from './unit-of-work';

export interface PersistenceOptions {
  /** Connection of the application role. */
  appUrl: string;
  /** Connection of the role that sees published rows only. */
  publicUrl: string;
  clock?: Clock;
}

@Global()
@Module({})
export class PersistenceModule {
  static forRoot(options: PersistenceOptions): DynamicModule {
    return {
      module: PersistenceModule,
      imports: [
        TypeOrmModule.forRoot({
          type: 'postgres',
          url: options.appUrl,
          autoLoadEntities: true,
          applicationName: 'policyloop-app',
          poolErrorHandler: () => undefined,
          // A database that comes back from a crash reads its log first, which takes as long as it takes; what will not pass by itself is told at once.
          retryAttempts: 300,
          retryDelay: 1000,
          toRetry: isPassing,
          extra: { max: 20, Client: SteadyClient },
        }),
      ],
      providers: [
        UnitOfWork,
        { provide: CLOCK, useValue: options.clock ?? systemClock },
        { provide: PublicReader, useFactory: () => new PublicReader(options.publicUrl) },
      ],
      exports: [UnitOfWork, PublicReader, CLOCK],
    };
  }
}

/** Nobody listens yet, the connection broke, or the server starts, ends or is full (SQLSTATE 08, 53, 57P). */
const isPassing = ({ code }: { code?: string }): boolean => code === undefined || /^(ECONN|ETIMEDOUT|EPIPE|ENOTFOUND|EAI_AGAIN|08|53|57P)/.test(code);
