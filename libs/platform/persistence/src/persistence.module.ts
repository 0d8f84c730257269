import { type Clock, systemClock } from '@platform/kernel';
import { type DynamicModule, Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { PublicReader } from './public-reader';
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
          retryAttempts: 30,
          retryDelay: 1000,
          extra: { max: 20 },
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
