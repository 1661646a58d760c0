import type { JsonObject, RecordInput, RunError, RunStatus, RunView } from '@crmflow/contracts';
import {
  ApplicationFailure,
  CancellationScope,
  CancelledFailure,
  allHandlersFinished,
  condition,
  continueAsNew,
  defineQuery,
  defineSignal,
  defineUpdate,
  setHandler,
  sleep,
  workflowInfo,
} from '@temporalio/workflow';
import { createCalls } from './shell/calls.js';
import { createMigrations } from './shell/migrations.js';
import { createRecorder } from './shell/record.js';
import { createVisibility, timerAt } from './shell/visibility.js';
import {
  type Arrival,
  type Input,
  type RunState,
  type Suspension,
  type TurnLimit,
  accept,
  advance,
  begin,
  loadProgram,
  enqueue,
  dequeue,
  dequeueDuringCall,
  foresee,
  formerTurn,
  shortTurn,
  viewOf,
  wakesAt,
  wantedPausePoints,
  getMigrationBlocker,
  isOfPerson,
} from './core/index.js';
import {
  type CallbackSignal,
  callbackSignalName,
  type CommandSignal,
  type MessageSignal,
  type MigrateUpdate,
  commandSignalName,
  foreseenViewQueryName,
  messageSignalName,
  migrateUpdateName,
  type PersonSignal,
  personSignalName,
  viewQueryName,
} from './messages.js';
import type { ProgramRef, RunFlowInput, RunFlowResult, RunProgram, RunStart } from './run-input.js';

const messageSignal = defineSignal<[MessageSignal]>(messageSignalName);
const callbackSignal = defineSignal<[CallbackSignal]>(callbackSignalName);
const commandSignal = defineSignal<[CommandSignal]>(commandSignalName);
const personSignal = defineSignal<[PersonSignal]>(personSignalName);
const migrateUpdate = defineUpdate<void, [MigrateUpdate, RunProgram?]>(migrateUpdateName);
const viewQuery = defineQuery<RunView>(viewQueryName);
const foreseenViewQuery = defineQuery<RunView>(foreseenViewQueryName);

/**
 * One run of a flow, from its start to its end however far away that is.
 *
 * Decides nothing: it passes inputs to the interpreter, one at a time and only where the
 * interpreter waits for one, and runs the activities that the interpreter asks for. So the events
 * of a run do not depend on how Temporal batches inputs into workflow tasks.
 * @param loaded the program of its version; executions of earlier releases carry it in `start`
 */
export async function runFlow(
  start: RunStart | RunFlowInput,
  loaded?: RunProgram,
): Promise<RunFlowResult> {
  const input = { ...start, ...loaded } as RunFlowInput;
  const turnLimit: TurnLimit = loaded ? shortTurn : formerTurn;
  let program = loadProgram(input);
  let currentInput = input;
  const recorder = createRecorder(input.runId);
  const updateVisibility = createVisibility(input.isSearchable ?? false);
  const root = CancellationScope.current();
  const arrivals: Arrival[] = [];
  let state: RunState = begin(input);
  const calls = createCalls(root, () => ({
    start: input,
    contact: state.contact ?? input.contact,
  }));
  let flushedView = viewOf(program, state);

  setHandler(messageSignal, ({ messageId, text, at }) => {
    arrivals.push({ kind: 'message', messageId, text, at });
  });
  setHandler(callbackSignal, (callback) => {
    arrivals.push({ kind: 'callback', ...callback });
  });
  setHandler(commandSignal, (command) => {
    arrivals.push(command);
  });
  setHandler(personSignal, (input) => {
    arrivals.push(input);
  });
  // Pause points count from their stamp on, also while a call keeps the inbox waiting.
  setHandler(viewQuery, () => ({
    ...flushedView,
    pausePoints: wantedPausePoints(arrivals.reduce(enqueue, state)),
  }));
  setHandler(foreseenViewQuery, () =>
    viewOf(program, foresee(program, state, arrivals, Date.now())),
  );
  const migrations = createMigrations({
    enqueue: (migration) => void arrivals.push(migration),
    getMigrationBlocker: (target) => getMigrationBlocker(program, state, target),
  });
  setHandler(migrateUpdate, migrations.handle, { validator: migrations.validate });
  root.cancelRequested.catch(() => arrivals.push({ kind: 'cancel', at: Date.now() }));

  const collect = () => {
    for (const arrival of arrivals.splice(0)) state = enqueue(state, arrival);
  };

  const flush = async (burst?: RecordInput['burst']): Promise<number> => {
    const view = viewOf(program, state);
    const viewOnly = debugStateChanged(flushedView, view);
    const pauseMs = await recorder.flush(view, { viewOnly, ...(burst && { burst }) });
    flushedView = view;
    updateVisibility(program, view);
    migrations.answer();
    return pauseMs;
  };

  const goOnAsNew = () => continueAsNew<typeof runFlow>(...argsOf({ ...currentInput, state }));
  const mayGoOnAsNew = () =>
    isHistoryLong() && !root.consideredCancelled && !calls.isPending() && allHandlersFinished();

  /** Waits for the end of a call, or for a person meanwhile. */
  const duringCall = async (): Promise<Input> => {
    for (;;) {
      await calls.ended(
        () => arrivals.some(isOfPerson) || (state.held !== undefined && arrivals.length > 0),
      );
      // Whether pause points came before the call's end is for their stamps to say.
      collect();
      const next = dequeueDuringCall(state, calls.outcome());
      if (!next) continue;
      state = next.state;
      if (next.input.kind === 'outcome') calls.forget();
      return next.input;
    }
  };

  const nextInput = async (position: Suspension): Promise<Input> => {
    if (position.kind === 'call' && calls.isPending(position.call)) return duringCall();
    calls.cancel();
    for (;;) {
      collect();
      if (debugStateChanged(flushedView, viewOf(program, state))) await flush();
      const next = dequeue(program, state, Date.now());
      if (next) {
        state = next.state;
        return next.input;
      }
      if (position.kind === 'call' && !state.held) {
        calls.start(position.call);
        return duringCall();
      }
      const due = wakesAt(program, state);
      const arrived = () => arrivals.length > 0;
      if (due === undefined) await condition(arrived);
      else await condition(arrived, Math.max(due - Date.now(), 1), timerAt(program, position));
    }
  };

  const run = async (): Promise<RunFlowResult> => {
    for (;;) {
      const progress = advance(program, state, turnLimit);
      state = progress.state;
      recorder.add(progress);
      const { position } = state;
      if (loaded && (position.kind === 'start' || position.kind === 'ready')) {
        const { workspaceId = '' } = currentInput;
        const pauseMs = await flush({ workspaceId, cost: progress.cost });
        if (pauseMs > 0) await sleep(pauseMs, { summary: 'Let other runs go first' });
        collect();
        if (mayGoOnAsNew()) await goOnAsNew();
        continue;
      }
      await flush();
      if (position.kind === 'ended') {
        calls.cancel();
        await migrations.close();
        return end(position.status, position.error, input.parent && state.variables);
      }
      if (position.kind === 'start' || position.kind === 'ready') continue;
      collect();
      if (mayGoOnAsNew()) await goOnAsNew();
      const received = await nextInput(position);
      const moved = accept(program, state, received);
      ({ program, state } = moved);
      recorder.add(moved);
      if (received.kind === 'migrate' && moved.verdict) {
        if (moved.verdict.ok)
          currentInput = { ...currentInput, programOf: undefined, ...received.target };
        migrations.decide(received.id, moved.verdict);
      }
    }
  };

  return CancellationScope.nonCancellable(run);
}

/** The arguments of the next execution: the program by reference, if the run has it so. */
function argsOf(input: RunFlowInput): Parameters<typeof runFlow> {
  const { programOf, graph: _, variables: __, ...start } = input;
  if (programOf === undefined) return [input];
  return [start, { programOf } satisfies ProgramRef as unknown as RunProgram];
}

/** Whether pause points or step mode changed: snapshots show them, but no event does. */
function debugStateChanged(before: RunView, now: RunView): boolean {
  const known = [...(before.pausePoints ?? []), before.stepping];
  const wanted = [...(now.pausePoints ?? []), now.stepping];
  return known.length !== wanted.length || known.some((one, i) => one !== wanted[i]);
}

/** Short enough for a worker that takes the run over to replay it within a moment. */
const longHistory = 2_000;

function isHistoryLong(): boolean {
  const { continueAsNewSuggested, historyLength } = workflowInfo();
  return continueAsNewSuggested || historyLength > longHistory;
}

/** Ends the execution so that Temporal's own status says the same as the run's. */
function end(
  status: RunStatus,
  error: RunError | undefined,
  output: JsonObject | undefined,
): RunFlowResult {
  if (status === 'cancelled') throw new CancelledFailure('The run was cancelled.');
  if (status === 'failed') {
    throw ApplicationFailure.nonRetryable(error?.message, error?.code, error);
  }
  if (status === 'completed' && output) return { status, output };
  return { status: status as RunFlowResult['status'] };
}
