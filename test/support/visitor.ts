import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { PASSWORD } from './people';

type Answer = Awaited<ReturnType<NestFastifyApplication['inject']>>;
export type FormValue = string | string[] | { filename: string; type: string; data: Buffer };

/** Somebody at a browser without JavaScript: keeps cookies, sends the token of the page last seen. */
export class Visitor {
  private readonly cookies = new Map<string, string>();
  private token = '';

  constructor(private readonly app: NestFastifyApplication) {}

  async signIn(city: string, login: string): Promise<this> {
    await this.get('/login');
    const answer = await this.post('/login', { city, login, password: PASSWORD });
    if (answer.statusCode !== 303) throw new Error(`could not sign in as ${login}: ${answer.statusCode}`);
    return this;
  }

  get(path: string): Promise<Answer> {
    return this.send({ method: 'GET', url: path });
  }

  /** Sends a form; as multipart when there is a file in it. */
  post(path: string, values: Record<string, FormValue>): Promise<Answer> {
    const pairs = Object.entries({ _csrf: this.token, ...values }).flatMap(([name, value]) => (Array.isArray(value) ? value : [value]).map((one) => [name, one] as const));
    if (!pairs.some(([, value]) => typeof value !== 'string')) {
      const payload = new URLSearchParams(pairs.map(([name, value]): [string, string] => [name, value as string])).toString();
      return this.send({ method: 'POST', url: path, payload, headers: { 'content-type': 'application/x-www-form-urlencoded' } });
    }
    const boundary = 'b0undary';
    const parts = pairs.flatMap(([name, value]) => {
      const head = typeof value === 'string' ? '' : `; filename="${value.filename}"\r\nContent-Type: ${value.type}`;
      return [Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"${head}\r\n\r\n`), typeof value === 'string' ? Buffer.from(value) : value.data, Buffer.from('\r\n')];
    });
    return this.send({
      method: 'POST', url: path, payload: Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]), headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    });
  }

  private async send(request: { method: 'GET' | 'POST'; url: string; payload?: string | Buffer; headers?: Record<string, string> }): Promise<Answer> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await this.app.inject({ ...request, headers: { ...request.headers, ...(cookie ? { cookie } : {}) } });
    for (const { name, value } of answer.cookies) this.cookies.set(name, value);
    this.token = /name="_csrf" value="([^"]+)"/.exec(answer.body)?.[1] ?? this.token;
    return answer;
  }
}
