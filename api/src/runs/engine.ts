import { randomUUID } from 'node:crypto';
import type { RunView } from '@crmflow/contracts';
import {
  type CallbackSignal,
  callbackSignalName,
  type CommandSignal,
  commandSignalName,
  foreseenViewQueryName,
  type MessageSignal,
  messageSignalName,
  type MigrateArgs,
  migrateUpdateName,
  type PersonSignal,
  personSignalName,
  runFlowType,
  viewQueryName,
} from '@crmflow/workflows';
import {
  type Client,
  isGrpcServiceError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
} from '@temporalio/client';
import type { Config } from '../config/config.js';
import { cached } from '../cached.js';
import type { CallbackConfig } from './callback-secret.js';
import { type PendingCall, pendingCallsOf } from './pending-calls.js';
import { createStartWorkflow, type Execution, type StartWorkflow } from './start-workflow.js';

/** How a run's workflow is, as Temporal says; `unknown` where it knows none of that id. */
export type ExecutionState =
  'running' | 'completed' | 'failed' | 'cancelled' | 'terminated' | 'timed_out' | 'unknown';

/**
 * What the API asks of Temporal about runs, each within a deadline. Rejects with the client's
 * error where Temporal does not answer (see `isTemporalUnavailable`).
 */
export type Engine = {
  /** Starts a run's workflow, or finds it started. */
  launch(execution: Execution, flowName: string): Promise<void>;
  /**
   * Starts the next workflow execution of a run whose executions before have closed.
   * @param generation tells it from those before
   * @returns false where another execution is open or was started meanwhile
   */
  launchAgain(execution: Execution, flowName: string, generation: number): Promise<boolean>;
  /** The newest execution of a run; null where Temporal knows none. */
  newest(runId: string): Promise<{ generation: number; open: boolean } | null>;
  /** @returns false where no workflow is open to take it */
  sendMessage(runId: string, message: MessageSignal): Promise<boolean>;
  /** @returns false where no workflow is open to take it */
  answerCallback(runId: string, answer: CallbackSignal): Promise<boolean>;
  /** @returns false where no workflow is open to take it */
  command(runId: string, command: CommandSignal): Promise<boolean>;
  /** @returns false where no workflow is open to take it */
  tellOfPerson(runId: string, input: PersonSignal): Promise<boolean>;
  /**
   * Moves a waiting run to another version; settles once it has told so.
   * @throws MigrationRefused with the run's reason
   * @returns false where no workflow is open to be moved
   */
  migrate(runId: string, args: MigrateArgs): Promise<boolean>;
  /** @returns false where no workflow is open to be cancelled */
  cancel(runId: string, reason: string): Promise<boolean>;
  /** The run's own answer, as far as its log tells; needs a worker. */
  view(runId: string): Promise<RunView>;
  /** Where the run will be once it has taken what it was sent; needs a worker. */
  foreseenView(runId: string): Promise<RunView>;
  pendingCalls(runId: string): Promise<PendingCall[]>;
  stateOf(runId: string): Promise<ExecutionState>;
  /** The runs whose workflows have closed since. */
  closedSince(since: Date): Promise<string[]>;
  /** How many of the newest open runs are stuck, their workflow task failing again and again. */
  countStuck(): Promise<number>;
};

/** A run would not move to another version: its reason, with a code and words. */
export class MigrationRefused extends Error {
  override readonly name = 'MigrationRefused';

  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** The reason of a run that has refused; null for any other error. */
function asRefusal(error: unknown): MigrationRefused | null {
  if (!(error instanceof WorkflowUpdateFailedError)) return null;
  const { cause } = error;
  if (!cause || !('type' in cause) || typeof cause.type !== 'string') return null;
  return new MigrationRefused(cause.type, cause.message);
}

const commandMs = 5_000;
const lookMs = 1_200;
const grpcNotFound = 5;
/** However many ask, Temporal is asked this often how many runs are stuck. */
const stuckCachedMs = 15_000;

const states: Record<string, ExecutionState> = {
  COMPLETED: 'completed',
  FAILED: 'failed',
  CANCELLED: 'cancelled',
  TERMINATED: 'terminated',
  TIMED_OUT: 'timed_out',
};

/** Bounds what a look costs; among more open runs the newest are looked at. */
const lookedAt = 100;
/** One or two failures may be a worker that was killed. */
const stuckFrom = 3;

/**
 * How many of the newest open runs are stuck, because their workflow task fails again and again.
 * Asks each of them: the server cannot search by it.
 * @param query selects the open runs
 */
async function countStuck(client: Client, query: string): Promise<number> {
  const ids: { workflowId: string; runId: string }[] = [];
  for await (const { workflowId, runId } of client.workflow.list({ query, pageSize: lookedAt })) {
    ids.push({ workflowId, runId });
    if (ids.length === lookedAt) break;
  }
  const attempts = await Promise.all(
    ids.map(async ({ workflowId, runId }) => {
      const { raw } = await client.workflow.getHandle(workflowId, runId).describe();
      return raw.pendingWorkflowTask?.attempt ?? 0;
    }),
  );
  return attempts.filter((attempt) => attempt >= stuckFrom).length;
}

/** What Temporal is asked of runs; the task queue is that which the workers poll. */
export function createEngine(
  client: Client,
  options: Pick<Config, 'temporal'> & CallbackConfig,
): Engine {
  const { taskQueue } = options.temporal;
  const within = <T>(ms: number, ask: () => Promise<T>) =>
    client.withDeadline(Date.now() + ms, ask);

  const unlessClosed = async (ask: () => Promise<unknown>): Promise<boolean> => {
    try {
      await within(commandMs, ask);
      return true;
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return false;
      if (isGrpcServiceError(error) && Number(error.code) === grpcNotFound) return false;
      throw error;
    }
  };

  const describe = (runId: string, ms: number) =>
    within(ms, () => client.workflow.getHandle(runId).describe());

  const look = (runId: string, query: string) =>
    within(lookMs, () => client.workflow.getHandle(runId).query<RunView>(query));

  const startWorkflow = createStartWorkflow(client, options);
  const start: StartWorkflow = (...given) => within(commandMs, () => startWorkflow(...given));

  return {
    async launch(execution, flowName) {
      await start(execution, flowName, {
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
        workflowIdConflictPolicy: 'USE_EXISTING',
      });
    },
    launchAgain: (execution, flowName, generation) =>
      start(execution, flowName, {
        workflowIdReusePolicy: 'ALLOW_DUPLICATE',
        workflowIdConflictPolicy: 'FAIL',
        memo: { generation },
      }),
    async newest(runId) {
      try {
        const { status, memo } = await describe(runId, commandMs);
        const generation = memo?.['generation'];
        return {
          generation: typeof generation === 'number' ? generation : 0,
          open: states[status.name] === undefined,
        };
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return null;
        throw error;
      }
    },
    sendMessage: (runId, message) =>
      unlessClosed(() => client.workflow.getHandle(runId).signal(messageSignalName, message)),
    answerCallback: (runId, answer) =>
      unlessClosed(() => client.workflow.getHandle(runId).signal(callbackSignalName, answer)),
    command: (runId, command) =>
      unlessClosed(() => client.workflow.getHandle(runId).signal(commandSignalName, command)),
    tellOfPerson: (runId, input) =>
      unlessClosed(() => client.workflow.getHandle(runId).signal(personSignalName, input)),
    async migrate(runId, args) {
      try {
        return await unlessClosed(() =>
          client.workflow.getHandle(runId).executeUpdate(migrateUpdateName, { args }),
        );
      } catch (error) {
        throw asRefusal(error) ?? error;
      }
    },
    cancel: (runId, reason) =>
      unlessClosed(() =>
        // The handle's own cancel() takes no reason.
        client.workflowService.requestCancelWorkflowExecution({
          namespace: client.options.namespace,
          workflowExecution: { workflowId: runId },
          identity: client.options.identity,
          requestId: randomUUID(),
          reason,
        }),
      ),
    view: (runId) => look(runId, viewQueryName),
    foreseenView: (runId) => look(runId, foreseenViewQueryName),
    async pendingCalls(runId) {
      return pendingCallsOf((await describe(runId, lookMs)).raw);
    },
    async stateOf(runId) {
      try {
        const { status } = await describe(runId, commandMs);
        return states[status.name] ?? 'running';
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return 'unknown';
        throw error;
      }
    },
    countStuck: cached(stuckCachedMs, () => {
      const query =
        `WorkflowType = '${runFlowType}' AND TaskQueue = '${taskQueue}'` +
        ` AND ExecutionStatus = 'Running'`;
      return within(lookMs, () => countStuck(client, query));
    }),
    async closedSince(since) {
      const query =
        `WorkflowType = '${runFlowType}' AND TaskQueue = '${taskQueue}'` +
        ` AND CloseTime > '${since.toISOString()}' AND ExecutionStatus != 'ContinuedAsNew'`;
      return within(commandMs, async () => {
        const runIds: string[] = [];
        for await (const { workflowId } of client.workflow.list({ query })) runIds.push(workflowId);
        return runIds;
      });
    },
  };
}
