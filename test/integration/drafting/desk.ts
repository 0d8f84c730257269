import type { TestApp } from '../../support/app';
import { PASSWORD } from '../../support/people';

interface Answer {
  status: number;
  body: string;
  location: string | undefined;
}

/** Several values are several fields of one name. */
type Fields = Record<string, string | string[]>;

const pairs = (fields: Fields): [string, string][] => Object.entries(fields).flatMap(([name, value]) => [value].flat().map((one): [string, string] => [name, one]));

/** A person at a browser (cookies, forms with their token) and, with the same session, at the API. */
export interface Desk {
  get(path: string): Promise<Answer>;
  /** Sends a form with the token of the page that shows it. */
  post(page: string, path: string, fields: Fields, file?: { name: string; data: Buffer }): Promise<Answer>;
  api(method: 'GET' | 'POST' | 'PUT', path: string, body?: object): Promise<{ status: number; json: Record<string, unknown> }>;
}

const BOUNDARY = '----policyloop-test';

function multipart(fields: Fields, file: { name: string; data: Buffer }): Buffer {
  const parts = pairs(fields).map(([name, value]) => `--${BOUNDARY}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`);
  const head = `--${BOUNDARY}\r\ncontent-disposition: form-data; name="file"; filename="${file.name}"\r\ncontent-type: application/octet-stream\r\n\r\n`;
  return Buffer.concat([Buffer.from(parts.join('') + head), file.data, Buffer.from(`\r\n--${BOUNDARY}--\r\n`)]);
}

export async function deskOf({ app }: TestApp, person: { cityId: string; login: string }): Promise<Desk> {
  const signedIn = await app.inject({ method: 'POST', url: '/api/v1/session', payload: { city: person.cityId, login: person.login, password: PASSWORD } });
  const { accessToken } = signedIn.json<{ accessToken: string }>();
  const cookies: Record<string, string> = { pl_access: accessToken };
  const keep = (set: { name: string; value: string }[]): void => set.forEach(({ name, value }) => { cookies[name] = value; });
  const get = async (path: string): Promise<Answer> => {
    const answer = await app.inject({ method: 'GET', url: path, cookies });
    keep(answer.cookies);
    return { status: answer.statusCode, body: answer.body, location: answer.headers.location };
  };
  return {
    get,
    async post(page, path, fields, file) {
      const token = /name="_csrf" value="([^"]+)"/.exec((await get(page)).body)?.[1] ?? '';
      const all = { ...fields, _csrf: token };
      const answer = await app.inject({
        method: 'POST', url: path, cookies,
        ...(file
          ? { headers: { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` }, payload: multipart(all, file) }
          : { headers: { 'content-type': 'application/x-www-form-urlencoded' }, payload: new URLSearchParams(pairs(all)).toString() }),
      });
      keep(answer.cookies);
      return { status: answer.statusCode, body: answer.body, location: answer.headers.location };
    },
    async api(method, path, body) {
      const answer = await app.inject({ method, url: `/api/v1${path}`, headers: { authorization: `Bearer ${accessToken}` }, ...(body ? { payload: body } : {}) });
      return { status: answer.statusCode, json: answer.body === '' ? {} : answer.json<Record<string, unknown>>() };
    },
  };
}
