import { CAN_KEY, PUBLIC_KEY } from '@platform/identity';
import { RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

export interface Route {
  /** `POST /console/plan/:id` */
  name: string;
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  action: string | null;
  isPublic: boolean;
}

const join = (...parts: string[]): string => `/${parts.flatMap((part) => part.split('/')).filter(Boolean).join('/')}`;
const list = (value: string | string[] | undefined): string[] => (Array.isArray(value) ? value : [value ?? '']);

/** Every route of every controller, from Nest's own metadata: what the router is built from. */
export function enumerateRoutes(app: NestFastifyApplication): Route[] {
  const scanner = new MetadataScanner();
  const routes: Route[] = [];
  for (const { instance, metatype } of app.get(DiscoveryService, { strict: false }).getControllers()) {
    if (!instance || !metatype) continue;
    const prototype = Object.getPrototypeOf(instance) as Record<string, object>;
    for (const name of scanner.getAllMethodNames(prototype)) {
      const handler = prototype[name] as object;
      const verb = Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined;
      if (verb === undefined) continue;
      for (const base of list(Reflect.getMetadata(PATH_METADATA, metatype) as string | string[])) {
        for (const own of list(Reflect.getMetadata(PATH_METADATA, handler) as string | string[])) {
          const path = join(base, own);
          const method = RequestMethod[verb] as Route['method'];
          routes.push({
            name: `${method} ${path}`, method, path,
            action: (Reflect.getMetadata(CAN_KEY, handler) as string | undefined) ?? null,
            isPublic: (Reflect.getMetadata(PUBLIC_KEY, handler) as boolean | undefined) ?? false,
          });
        }
      }
    }
  }
  return routes.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.method < b.method ? -1 : 1));
}
