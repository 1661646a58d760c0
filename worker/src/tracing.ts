import { beginSpan, traced, traceOf } from '@crmflow/temporal-config';
import type { TraceSinks } from '@crmflow/workflows';
import { SpanKind } from '@opentelemetry/api';
import type { ActivityInterceptorsFactory, InjectedSinks } from '@temporalio/worker';

/** Each attempt of an activity, in the trace of what made its workflow call it. */
export const traceActivity: ActivityInterceptorsFactory = ({ info }) => ({
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
export const traceSinks: InjectedSinks<TraceSinks> = {
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
