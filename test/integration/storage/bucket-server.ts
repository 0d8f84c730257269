import { createHash } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

export interface BucketServer {
  address: string;
  /** Path of the request → what is kept. */
  objects: Map<string, Buffer>;
  /** The next requests are answered with this status, if any is set. */
  failWith: number | null;
  requests: { method: string; authorization: string }[];
  close(): Promise<void>;
}

/** As much of an S3 server as the store needs: PUT and GET of an object, for signed requests whose body has the hash that was signed. */
export async function startBucketServer(): Promise<BucketServer> {
  const server: BucketServer = { address: '', objects: new Map(), failWith: null, requests: [], close: () => new Promise((done) => { listener.close(() => done()); listener.closeAllConnections(); }) };
  const listener = http.createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part)).on('end', () => {
      const [body, path] = [Buffer.concat(parts), request.url?.split('?')[0] ?? ''];
      const { authorization = '', 'x-amz-content-sha256': signed } = request.headers;
      server.requests.push({ method: request.method ?? '', authorization });
      const refuse = (status: number, code: string): void => {
        response.writeHead(status, { 'content-type': 'application/xml' }).end(`<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`);
      };
      if (server.failWith) return refuse(server.failWith, server.failWith === 403 ? 'AccessDenied' : 'InternalError');
      if (!authorization.startsWith('AWS4-HMAC-SHA256 ')) return refuse(403, 'AccessDenied');
      if (signed !== 'UNSIGNED-PAYLOAD' && signed !== createHash('sha256').update(body).digest('hex')) return refuse(400, 'XAmzContentSHA256Mismatch');
      const object = server.objects.get(path);
      if (request.method === 'PUT') server.objects.set(path, body);
      else if (request.method !== 'GET') return refuse(405, 'MethodNotAllowed');
      else if (!object) return refuse(404, 'NoSuchKey');
      response.writeHead(200, { etag: '"x"' }).end(request.method === 'GET' ? object : undefined);
    });
  });
  await new Promise<void>((ready) => listener.listen(0, '127.0.0.1', ready));
  server.address = `http://127.0.0.1:${(listener.address() as AddressInfo).port}`;
  return server;
}
