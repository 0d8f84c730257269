import { type DynamicModule, Global, Module } from '@nestjs/common';
import { LOG_KEYS, type LogKeys } from './log-keys';
import { TakeCheckpoint } from './take-checkpoint';

/** The log of a city and its signed checkpoints. */
@Global()
@Module({})
export class MerkleLogModule {
  static forRoot(keys: LogKeys): DynamicModule {
    return { module: MerkleLogModule, providers: [TakeCheckpoint, { provide: LOG_KEYS, useValue: keys }], exports: [TakeCheckpoint] };
  }
}
