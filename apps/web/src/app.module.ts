import { AccessGuard, IdentityModule } from '@platform/identity';
import { MalwareModule } from '@platform/malware';
import { MessagingModule } from '@platform/messaging';
import { PersistenceModule } from '@platform/persistence';
import type { Settings } from '@platform/settings';
import { StorageModule } from '@platform/storage';
import { PolicyModule } from '@core/policy';
import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, DiscoveryModule } from '@nestjs/core';
import { ThrottlerModule } from '@nestjs/throttler';
import { AboutPortal } from './about/about.portal';
import { AdminController } from './admin/admin.console';
import { AdminPermissions } from './admin/admin.permissions';
import { DeadlinesApi } from './deadlines/deadlines.api';
import { CityDeskConsole } from './desk/city-desk.console';
import { DeskController } from './desk/desk.console';
import { DOMAIN_WEB_MODULES } from './domains';
import { HealthController } from './health/health.controller';
import { HomeController } from './home/home.portal';
import { Cities } from './http/cities';
import { CsrfGuard } from './http/csrf.guard';
import { ErrorsFilter } from './http/errors.filter';
import { FormContextGuard, FormReplay } from './http/form-replay';
import { PageBases } from './http/page-base';
import { PageInterceptor } from './http/page.interceptor';
import { SETTINGS, VIEWS } from './http/tokens';
import { PolicyApi } from './policy/policy.api';
import { PolicyPortal } from './policy/policy.portal';
import { PolicyDocumentConsole } from './policy/policy-document.console';
import { PolicyDocumentPortal } from './policy/policy-document.portal';
import { PolicyDocuments } from './policy/policy-documents';
import { PolicyRecordConsole } from './policy/policy.console';
import { SessionApi } from './session/session.api';
import { SessionController } from './session/session.portal';
import type { ViewEngine } from './view';

/** The HTTP door. Every route passes the same guards: where its form lives, CSRF, who may. */
@Module({})
export class AppModule {
  static forRoot(settings: Settings, views: ViewEngine): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PersistenceModule.forRoot({ appUrl: settings.appUrl, publicUrl: settings.publicUrl, clock: settings.clock }),
        StorageModule.forRoot({ storageUrl: settings.storageUrl }),
        MalwareModule.forRoot({ clamdUrl: settings.clamdUrl }),
        IdentityModule.forRoot({ jwtSecret: settings.jwtSecret }),
        DiscoveryModule,
        MessagingModule,
        PolicyModule,
        // Sign-ins a minute from one address; in a demonstration one visitor plays everybody.
        ThrottlerModule.forRoot([{ ttl: 60_000, limit: settings.demo ? 300 : 30 }]),
        ...DOMAIN_WEB_MODULES,
      ],
      controllers: [
        HealthController, SessionController, SessionApi, HomeController, AboutPortal, DeskController, CityDeskConsole, DeadlinesApi, AdminController, PolicyPortal, PolicyApi, PolicyRecordConsole, PolicyDocumentPortal, PolicyDocumentConsole,
      ],
      providers: [
        AdminPermissions, Cities, FormReplay, PageBases, PageInterceptor, PolicyDocuments,
        { provide: SETTINGS, useValue: settings },
        { provide: VIEWS, useValue: views },
        { provide: APP_GUARD, useClass: FormContextGuard },
        { provide: APP_GUARD, useClass: CsrfGuard },
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_FILTER, useClass: ErrorsFilter },
        { provide: APP_INTERCEPTOR, useExisting: PageInterceptor },
      ],
      exports: [Cities, PolicyDocuments, SETTINGS, VIEWS],
      global: true,
    };
  }
}
