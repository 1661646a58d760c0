import { traceHeader } from '@crmflow/contracts';
import {
  type Attributes,
  type Context,
  context,
  diag,
  DiagLogLevel,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import type { WorkflowClientInterceptor } from '@temporalio/client';
import { defaultPayloadConverter, type Headers } from '@temporalio/common';

/** How long a process that stops waits for the last spans to be sent. */
const farewellMs = 2_000;

/**
 * Sends traces to where OTEL_EXPORTER_OTLP_ENDPOINT says, and loads nothing where it says nothing.
 * Sampling and headers are set by the variables that OpenTelemetry defines.
 * @param service as traces name this process
 * @param warn told when traces cannot be sent
 * @returns sends the rest, and ends it
 */
export async function startTracing(
  service: string,
  endpoint: string | undefined,
  warn: (message: string) => void,
): Promise<() => Promise<void>> {
  if (endpoint === undefined) return () => Promise.resolve();
  const [{ BatchSpanProcessor, NodeTracerProvider }, { OTLPTraceExporter }, resources] =
    await Promise.all([
      import('@opentelemetry/sdk-trace-node'),
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('@opentelemetry/resources'),
    ]);
  const ignore = () => {};
  const logger = { error: warn, warn, info: ignore, debug: ignore, verbose: ignore };
  diag.setLogger(logger, DiagLogLevel.WARN);
  const named = resources.resourceFromAttributes({ 'service.name': service });
  const given = resources.detectResources({ detectors: [resources.envDetector] });
  const provider = new NodeTracerProvider({
    resource: resources.defaultResource().merge(named).merge(given),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
  });
  provider.register();
  return async () => {
    const late = new Promise<void>((resolve) => setTimeout(resolve, farewellMs).unref());
    await Promise.race([provider.shutdown(), late]);
  };
}

/** A span as it begins. Attributes are names and ids, never what anybody wrote. */
export type SpanOptions = {
  kind?: SpanKind;
  attributes?: Attributes;
  /** What it belongs to, if not to what is going on. */
  parent?: Context;
  startTime?: number;
};

/** Begins a span; without `startTracing` it goes nowhere. */
export const beginSpan = (name: string, { parent, ...options }: SpanOptions): Span =>
  trace.getTracer('crmflow').startSpan(name, options, parent ?? context.active());

/** Marks a span as failed, by the name of the error: its message may hold what somebody wrote. */
export function failSpan(span: Span, error: unknown): void {
  span.setStatus({ code: SpanStatusCode.ERROR });
  span.setAttribute('error.type', error instanceof Error ? error.name : 'unknown');
}

/** Does something within a span. */
export async function traced<T>(
  name: string,
  options: SpanOptions,
  work: () => Promise<T>,
): Promise<T> {
  const span = beginSpan(name, options);
  const parent = options.parent ?? context.active();
  try {
    return await context.with(trace.setSpan(parent, span), work);
  } catch (error) {
    failSpan(span, error);
    throw error;
  } finally {
    span.end();
  }
}

/** Headers that also say which trace is going on; the same ones where there is none. */
function withTrace(headers: Headers): Headers {
  const carrier: Record<string, string> = {};
  propagation.inject(context.active(), carrier);
  if (Object.keys(carrier).length === 0) return headers;
  return { ...headers, [traceHeader]: defaultPayloadConverter.toPayload(carrier) };
}

/** The trace that headers of Temporal name; none where they name none. */
export function traceOf(headers: Headers): Context {
  const payload = headers[traceHeader];
  if (!payload) return ROOT_CONTEXT;
  return propagation.extract(ROOT_CONTEXT, defaultPayloadConverter.fromPayload(payload));
}

/** Asks something of a workflow within a span, and sends the trace along. */
function ask<Input extends { headers: Headers }, Answer>(
  name: string,
  workflowId: string | undefined,
  input: Input,
  next: (input: Input) => Promise<Answer>,
): Promise<Answer> {
  const attributes = { 'temporal.workflow_id': workflowId ?? '' };
  return traced(name, { kind: SpanKind.CLIENT, attributes }, () =>
    next({ ...input, headers: withTrace(input.headers) }),
  );
}

/** Names what the API asks of workflows in the trace of the request, and sends the trace along. */
export const tracedClient: WorkflowClientInterceptor = {
  startWithDetails: (input, next) =>
    ask(`start ${input.workflowType}`, input.options.workflowId, input, next),
  signal: (input, next) =>
    ask(`signal ${input.signalName}`, input.workflowExecution.workflowId, input, next),
  startUpdate: (input, next) =>
    ask(`update ${input.updateName}`, input.workflowExecution.workflowId, input, next),
};
