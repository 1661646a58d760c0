import { traceHeader } from '@crmflow/contracts';
import {
  type Headers,
  proxySinks,
  type Sinks,
  type WorkflowInterceptors,
} from '@temporalio/workflow';

/** What the worker notes of workflows that belong to a trace. */
export interface TraceSinks extends Sinks {
  trace: {
    /** A workflow took something: its start, or a signal by its name. */
    taken(headers: Headers, what: string, at: number): void;
  };
}

const { trace } = proxySinks<TraceSinks>();

/**
 * Carries the trace of the newest request to a workflow on to what the workflow does: a run that
 * talks for months belongs to the trace of each message, one after the other. Without traces nothing
 * is added to histories, and a replay does not compare headers.
 */
export const interceptors = (): WorkflowInterceptors => {
  let current: Headers = {};
  const take = (headers: Headers, what: string) => {
    const given = headers[traceHeader];
    current = given ? { [traceHeader]: given } : {};
    if (given) trace.taken(current, what, Date.now());
  };
  const passOn = <Input extends { headers: Headers }>(input: Input): Input => ({
    ...input,
    headers: { ...input.headers, ...current },
  });
  return {
    inbound: [
      {
        execute(input, next) {
          take(input.headers, 'start');
          return next(input);
        },
        handleSignal(input, next) {
          take(input.headers, input.signalName);
          return next(input);
        },
      },
    ],
    outbound: [
      {
        scheduleActivity: (input, next) => next(passOn(input)),
        scheduleLocalActivity: (input, next) => next(passOn(input)),
        startChildWorkflowExecution: (input, next) => next(passOn(input)),
        continueAsNew: (input, next) => next(passOn(input)),
      },
    ],
  };
};
