import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Clock, MovingClock, systemClock } from '@platform/kernel';
import { type IntakeSettings, readIntake } from './intake';

/** What the environment decides. */
export interface Settings {
  port: number;
  /** Address to listen on; loopback unless `HOST` says otherwise. */
  host: string;
  /** Connection of the application role. */
  appUrl: string;
  /** Connection of the public role. */
  publicUrl: string;
  /** Null: the worker runs the handlers itself. */
  redisUrl: string | null;
  /** Where files are kept: `file:///folder` or `s3://bucket/prefix?…`. */
  storageUrl: string;
  /** Where clamd listens: `tcp://host:port` or `unix:///path`. Null: files are not scanned, and marked so. */
  clamdUrl: string | null;
  jwtSecret: string;
  csrfSecret: string;
  /** Ed25519 key (PKCS #8, PEM or base64) that checkpoints of the log are signed with; null: this program signs none. */
  logSigningKey: string | null;
  /** Public keys of earlier signing keys, as `readPublicKeys` takes them. */
  logAcceptedKeys: string;
  /** Cookies only over TLS; on unless this is a demonstration on one's own machine. */
  secureCookies: boolean;
  /** Set in a demonstration: accounts are shown on the sign-in page, and the clock can be moved. */
  demo: { clock: MovingClock } | null;
  clock: Clock;
  intake: IntakeSettings;
}

/** Reads and checks the environment. Throws one line that names every variable that is missing. */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const required = ['APP_DATABASE_URL', 'PUBLIC_DATABASE_URL', 'JWT_SECRET', 'CSRF_SECRET'] as const;
  const missing = required.filter((name) => !env[name]);
  if (missing.length > 0) throw new Error(`missing in the environment: ${missing.join(', ')}`);
  const port = Number(env['PORT'] ?? 3000);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`PORT is not a port: ${env['PORT']}`);
  const demo = env['DEMO_CLOCK_FILE'] ? { clock: new MovingClock(env['DEMO_CLOCK_FILE']) } : null;
  return {
    port,
    host: env['HOST'] ?? '127.0.0.1',
    appUrl: env['APP_DATABASE_URL'] as string,
    publicUrl: env['PUBLIC_DATABASE_URL'] as string,
    redisUrl: env['REDIS_URL'] || null,
    storageUrl: env['STORAGE_URL'] || pathToFileURL(path.resolve(env['DATA_DIR'] || '.data', 'files')).href,
    clamdUrl: env['CLAMD_URL'] || null,
    jwtSecret: env['JWT_SECRET'] as string,
    csrfSecret: env['CSRF_SECRET'] as string,
    logSigningKey: env['LOG_SIGNING_KEY'] || null,
    logAcceptedKeys: env['LOG_ACCEPTED_KEYS'] || '',
    secureCookies: env['SECURE_COOKIES'] ? env['SECURE_COOKIES'] === 'true' : demo === null,
    demo,
    clock: demo?.clock ?? systemClock,
    intake: readIntake(env),
  };
}
