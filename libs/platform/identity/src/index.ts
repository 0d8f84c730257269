export { AccessGuard } from './access.guard';
export { ACCESS_COOKIE } from './jwt.strategy';
export { AccountDirectory } from './account-directory';
export { Accounts, type NewAccount } from './accounts';
export { Can, CAN_KEY, Public, PUBLIC_KEY } from './decorators';
export { IdentityModule } from './identity.module';
export { PermissionRegistry, type Grants } from './permission-registry';
export { Sessions, type SignedIn } from './sessions';
