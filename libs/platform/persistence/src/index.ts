export { type EmbeddedPostgres, type EmbeddedPostgresOptions, startEmbeddedPostgres } from './embedded/start';
export { CLOCK } from './tokens';
export { APP_ROLE, OWNER_ROLE, PUBLIC_ROLE, type RolePasswords, runMigrations } from './migrate';
export { PersistenceModule, type PersistenceOptions } from './persistence.module';
export { PublicReader } from './public-reader';
export { TenantRepository } from './tenant-repository';
export { TenantTx } from './tenant-tx';
export { UnitOfWork } from './unit-of-work';
