import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const random = () => randomBytes(32).toString('base64url');
/** The key that checkpoints of the log are signed with. */
const signingKey = () => generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64');
const makers = { APP_DB_PASSWORD: random, PUBLIC_DB_PASSWORD: random, JWT_SECRET: random, CSRF_SECRET: random, LOG_SIGNING_KEY: signingKey };
const names = Object.keys(makers);

/** The installation's secrets: from the environment, else made once and kept in `secrets.json` (readable by its owner only). */
export function loadSecrets(dataDir) {
  const file = path.join(dataDir, 'secrets.json');
  const kept = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const missing = names.filter((name) => !kept[name]);
  for (const name of missing) kept[name] = makers[name]();
  mkdirSync(dataDir, { recursive: true });
  if (missing.length > 0) writeFileSync(file, `${JSON.stringify(kept, null, 2)}\n`, { mode: 0o600 });
  return Object.fromEntries(names.map((name) => [name, process.env[name] || kept[name]]));
}

/** The owner's connection string, for another database role. */
export function urlForRole(ownerUrl, role, password) {
  const url = new URL(ownerUrl);
  url.username = role;
  url.password = password;
  return url.href;
}
