import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { type Client, register } from '../support/client.js';
import { ask, row, say } from '../support/flows.js';
import { listen } from '../support/listen.js';
import { type OwnSystem, startSystem } from '../support/system.js';
import { until } from '../support/until.js';

type Span = { name: string; traceId: string; spanId: string; parentSpanId?: string };
type Named = Span & { service: string | undefined };
type Export = {
  resourceSpans: {
    resource: { attributes: { key: string; value: { stringValue?: string } }[] };
    scopeSpans: { spans: Span[] }[];
  }[];
};

const spans: Named[] = [];
const bodies: string[] = [];

/** An OpenTelemetry collector. */
const collector = createServer((request, response) => {
  void text(request).then((body) => {
    bodies.push(body);
    for (const { resource, scopeSpans } of (JSON.parse(body) as Export).resourceSpans) {
      const name = resource.attributes.find(({ key }) => key === 'service.name');
      const service = name?.value.stringValue;
      for (const span of scopeSpans.flatMap((scope) => scope.spans)) {
        spans.push({ ...span, service });
      }
    }
    response.setHeader('content-type', 'application/json').end('{}');
  });
});

let system: OwnSystem;
let client: Client;
beforeAll(async () => {
  const port = await listen(collector);
  system = await startSystem({
    templateDir: inject('templateDir'),
    env: {
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
      OTEL_BSP_SCHEDULE_DELAY: '100',
    },
  });
  client = await register(system.url);
});
afterAll(async () => {
  client?.close();
  await system?.stop();
  collector.close();
});

it('leads from a request through the workflow to what it did', async () => {
  const workflowId = await client.save(row([ask('name'), say('hello', 'Hello {{ vars.name }}')]));
  const path = `/api/workflows/${workflowId}/runs`;
  const { body } = await client.call<{ runId: string }>('POST', path, { version: 'draft' });
  const said = 'a text that belongs to nobody else';
  const traceId = '0af7651916cd43dd8448eb211c80319c';
  await fetch(`${system.url}/api/runs/${body.runId}/messages`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${client.token}`,
      'content-type': 'application/json',
      traceparent: `00-${traceId}-b7ad6b7169203331-01`,
    },
    body: JSON.stringify({ message: said, messageId: 'm1' }),
  });
  const ofMessage = (service: string) => (name: string) =>
    spans.find(
      (span) => span.traceId === traceId && span.service === service && span.name === name,
    );
  const found = await until('the spans of the message', () => {
    const [api, worker] = [ofMessage('crmflow-api'), ofMessage('crmflow-worker')];
    const request = api('POST /api/runs/:runId/messages');
    const signal = api('signal message');
    const workflow = worker('workflow runFlow message');
    const activity = worker('activity recordRunEvents');
    return request && signal && workflow && activity && { request, signal, workflow, activity };
  });
  expect(found.request.parentSpanId).toBe('b7ad6b7169203331');
  expect(found.signal.parentSpanId).toBe(found.request.spanId);
  expect(found.workflow.parentSpanId).toBe(found.signal.spanId);
  expect(found.activity.parentSpanId).toBe(found.signal.spanId);
  expect(bodies.join()).not.toContain(said);
});
