export { FileStore, FileUnavailable } from './file-store';
export { openFileStore } from './open-file-store';
export { StorageModule } from './storage.module';
