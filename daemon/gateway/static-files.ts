import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyReply } from 'fastify';
import type { App } from './app.ts';

/**
 * The built user interface: `/` and `/display/<position>`, and their files under names that carry a hash. In a
 * scope of its own, so that being public cannot leak to any other route.
 */
export async function registerStatic(app: App, uiFolder: string | undefined): Promise<void> {
  if (uiFolder === undefined || !existsSync(join(uiFolder, 'index.html'))) return;
  await app.register(async (scope) => {
    scope.addHook('onRoute', (route) => {
      route.config = { ...route.config, access: 'public' };
    });
    await scope.register(fastifyStatic, { root: uiFolder, index: false, wildcard: false, maxAge: '1y', immutable: true });
    const page = (name: string) => (_request: unknown, reply: FastifyReply) => reply.sendFile(name, { maxAge: 0, immutable: false });
    scope.get('/', page('index.html'));
    scope.get('/display/:position', page('display.html'));
  });
}
