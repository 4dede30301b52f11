import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyReply } from 'fastify';
import type { App } from './app.ts';

/** The built user interface: `/`, its own paths below it, and `/display/<position>`. */
export async function registerStatic(app: App, uiFolder: string | undefined): Promise<void> {
  if (uiFolder === undefined || !existsSync(join(uiFolder, 'index.html'))) return;
  app.addHook('onRoute', (route) => {
    route.config = { access: 'public', ...route.config };
  });
  await app.register(fastifyStatic, { root: uiFolder, index: false, wildcard: false, decorateReply: true, maxAge: '1y', immutable: true });
  const page = (name: string) => (_request: unknown, reply: FastifyReply) => reply.sendFile(name, { maxAge: 0, immutable: false });
  app.get('/', page('index.html'));
  app.get('/display/:position', page('display.html'));
}
