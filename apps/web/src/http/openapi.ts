import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';

/** The API's description at `/api/docs` (pages) and `/api/docs-json`. Pages for people are no part of it. */
export function addOpenApi(app: NestFastifyApplication): void {
  const config = new DocumentBuilder()
    .setTitle('PolicyLoop API')
    .setDescription('Errors are application/problem+json (RFC 9457). Sign in at POST /api/v1/session and send the token as a bearer token.')
    .setVersion('1')
    .addBearerAuth()
    .build();
  const document = SwaggerModule.createDocument(app, config);
  document.paths = Object.fromEntries(Object.entries(document.paths).filter(([path]) => path.startsWith('/api/')));
  SwaggerModule.setup('api/docs', app, document);
}
