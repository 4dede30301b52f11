import { CounterdError } from '../../../drivers/kit/errors.ts';
import type { App } from '../app.ts';
import type { GatewayParts } from '../gateway-parts.ts';

/** For the service manager and for Prometheus. */
export function registerHealth(app: App, { journal, metrics }: GatewayParts): void {
  const config = { access: 'public' } as const;
  app.get('/healthz', { config }, () => ({ alive: true }));
  app.get('/readyz', { config }, () => {
    const health = journal.health();
    if (!health.isWritable) throw new CounterdError(health.because ?? 'CD_STORAGE_IO');
    return { ready: true, seq: journal.head() };
  });
  app.get('/metrics', { config }, async (_request, reply) => {
    const { contentType, body } = await metrics.text();
    return reply
      .header('content-type', contentType)
      .serializer((text: unknown) => String(text))
      .send(body);
  });
}
