export { FileStore, FileUnavailable } from './file-store';
export { NamedFiles } from './named-files';
export { openFileStore } from './open-file-store';
export { StorageModule } from './storage.module';
