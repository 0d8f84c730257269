import { type DynamicModule, Global, Module } from '@nestjs/common';
import { FileStore } from './file-store';
import { openFileStore } from './open-file-store';

/** Gives every room the one {@link FileStore} of the installation. */
@Global()
@Module({})
export class StorageModule {
  static forRoot(options: { storageUrl: string }): DynamicModule {
    return {
      module: StorageModule,
      providers: [{ provide: FileStore, useFactory: () => openFileStore(options.storageUrl) }],
      exports: [FileStore],
    };
  }
}
