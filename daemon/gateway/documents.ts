import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { App } from './app.ts';
import { asyncApiDocument } from './asyncapi.ts';

/** Documents describe the program, not the branch: anybody at this computer may read them. */
export async function registerDocuments(app: App, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'counterd',
        version,
        description: 'A bank counter’s devices and record. Every refusal is a problem document whose `code` is in docs/ERRORS.md.',
      },
      components: {
        securitySchemes: {
          loginCookie: { type: 'apiKey', in: 'cookie', name: 'counterd_login_7373' },
          loginToken: { type: 'apiKey', in: 'header', name: 'x-counterd-token' },
        },
      },
      security: [{ loginCookie: [], loginToken: [] }],
    },
    hideUntagged: true,
  });
  // A scope of its own: the viewer’s own files need a little more than the rest of the daemon grants.
  await app.register(async (scope) => {
    scope.addHook('onRoute', (route) => {
      route.config = { ...route.config, access: 'public' };
    });
    await scope.register(swaggerUi, {
      routePrefix: '/docs',
      staticCSP: {
        'default-src': "'none'",
        'script-src': "'self'",
        'style-src': "'self' 'unsafe-inline'",
        'img-src': "'self' data:",
        'font-src': "'self'",
        'connect-src': "'self'",
        'base-uri': "'none'",
        'form-action': "'none'",
        'frame-ancestors': "'none'",
      },
      uiConfig: { supportedSubmitMethods: [] },
    });
  });
  app.get('/api/v1/openapi.json', { config: { access: 'public' } }, () => app.swagger());
  app.get('/api/v1/asyncapi.json', { config: { access: 'public' } }, () => asyncApiDocument(version));
}
