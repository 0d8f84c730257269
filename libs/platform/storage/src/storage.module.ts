import { type DynamicModule, Global, Module } from '@nestjs/common';
import { FileStore } from './file-store';
import { NamedFiles } from './named-files';
import { openFileStore, openObjects } from './open-file-store';

/** Gives every room the one {@link FileStore} of the installation, and what has a name in the same place. */
@Global()
@Module({})
export class StorageModule {
  static forRoot(options: { storageUrl: string }): DynamicModule {
    return {
      module: StorageModule,
      providers: [
        { provide: FileStore, useFactory: () => openFileStore(options.storageUrl) },
        { provide: NamedFiles, useFactory: async () => new NamedFiles(await openObjects(options.storageUrl)) },
      ],
      exports: [FileStore, NamedFiles],
    };
  }
}
