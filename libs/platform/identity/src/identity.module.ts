import { type DynamicModule, Global, Module } from '@nestjs/common';
import { JwtModule } from '@nestjs/jwt';
import { PassportModule } from '@nestjs/passport';
import { AccountDirectory } from './account-directory';
import { Accounts } from './accounts';
import { JwtStrategy, TOKEN_ISSUER } from './jwt.strategy';
import { PermissionRegistry } from './permission-registry';
import { Sessions } from './sessions';

const ACCESS_MINUTES = 10;

@Global()
@Module({})
export class IdentityModule {
  static forRoot(options: { jwtSecret: string }): DynamicModule {
    return {
      module: IdentityModule,
      imports: [
        PassportModule,
        JwtModule.register({
          secret: options.jwtSecret,
          signOptions: { algorithm: 'HS256', expiresIn: ACCESS_MINUTES * 60, issuer: TOKEN_ISSUER, audience: TOKEN_ISSUER },
        }),
      ],
      providers: [
        Accounts, AccountDirectory, PermissionRegistry, Sessions,
        { provide: JwtStrategy, inject: [AccountDirectory], useFactory: (directory: AccountDirectory) => new JwtStrategy(options.jwtSecret, directory) },
      ],
      exports: [Accounts, AccountDirectory, PermissionRegistry, Sessions],
    };
  }
}
