import { beginSpan, traced, traceOf } from '@crmflow/temporal-config';
import type { TraceSinks } from '@crmflow/workflows';
import { SpanKind } from '@opentelemetry/api';
import type { ActivityInterceptorsFactory, InjectedSinks, WorkerOptions } from '@temporalio/worker';

/** Each attempt of an activity, in the trace of what made its workflow call it. */
const activity: ActivityInterceptorsFactory = ({ info }) => ({
  inbound: {
    execute: (input, next) =>
      traced(
        `activity ${info.activityType}`,
        {
          kind: SpanKind.CONSUMER,
          parent: traceOf(input.headers),
          attributes: {
            'temporal.workflow_id': info.workflowExecution?.workflowId ?? '',
            'temporal.attempt': info.attempt,
          },
        },
        () => next(input),
      ),
  },
});

/** The task of a workflow in which it took something. */
const sinks: InjectedSinks<TraceSinks> = {
  trace: {
    taken: {
      callDuringReplay: false,
      fn({ workflowType, workflowId }, headers, what, at) {
        beginSpan(`workflow ${workflowType} ${what}`, {
          kind: SpanKind.CONSUMER,
          parent: traceOf(headers),
          attributes: { 'temporal.workflow_id': workflowId },
          startTime: at,
        }).end();
      },
    },
  },
};

/** What makes a worker take part in traces. */
export const tracing = {
  interceptors: { activity: [activity] },
  sinks,
} satisfies Pick<WorkerOptions, 'interceptors' | 'sinks'>;
