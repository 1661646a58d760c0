import type { RunError, RunStatus, RunView } from '@crmflow/contracts';
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
  workflowInfo,
} from '@temporalio/workflow';
import { carryOut } from './shell/call.js';
import { createMigrations } from './shell/migrations.js';
import { createRecorder } from './shell/record.js';
import { createShow, timerAt } from './shell/show.js';
import {
  type Arrival,
  type Input,
  type RunState,
  type Suspension,
  accept,
  advance,
  begin,
  dueAt,
  loadProgram,
  post,
  take,
  viewOf,
  wantedPausePoints,
  whyNot,
} from './core/index.js';
import {
  type CommandSignal,
  type MessageSignal,
  type MigrateUpdate,
  commandSignalName,
  messageSignalName,
  migrateUpdateName,
  viewQueryName,
} from './messages.js';
import type { RunFlowInput, RunFlowResult } from './run-input.js';

const messageSignal = defineSignal<[MessageSignal]>(messageSignalName);
const commandSignal = defineSignal<[CommandSignal]>(commandSignalName);
const migrateUpdate = defineUpdate<void, [MigrateUpdate]>(migrateUpdateName);
const viewQuery = defineQuery<ReturnType<typeof viewOf>>(viewQueryName);

/**
 * One run of a flow, from its start to its end however far away that is.
 *
 * Decides nothing: it carries inputs to the interpreter, one at a time and only where the
 * interpreter waits for one, and carries out what the interpreter asks for. So what a run tells
 * does not depend on how Temporal batches inputs into workflow tasks.
 */
export async function runFlow(input: RunFlowInput): Promise<RunFlowResult> {
  let program = loadProgram(input);
  let going = input;
  const recorder = createRecorder(input.runId);
  const show = createShow(input.isSearchable ?? false);
  const root = CancellationScope.current();
  const arrivals: Arrival[] = [];
  let state: RunState = begin(input);
  let told = viewOf(program, state);

  setHandler(messageSignal, ({ messageId, text, at }) => {
    arrivals.push({ kind: 'message', messageId, text, at });
  });
  setHandler(commandSignal, (command) => {
    arrivals.push(command);
  });
  // Pause points count from their stamp on, also while a call keeps the inbox waiting.
  setHandler(viewQuery, () => ({
    ...told,
    pausePoints: wantedPausePoints(arrivals.reduce(post, state)),
  }));
  const migrations = createMigrations({
    enqueue: (migration) => void arrivals.push(migration),
    whyNot: (target) => whyNot(program, state.position, target),
  });
  setHandler(migrateUpdate, migrations.handle, { validator: migrations.validate });
  root.cancelRequested.catch(() => arrivals.push({ kind: 'cancel', at: Date.now() }));

  const collect = () => {
    for (const arrival of arrivals.splice(0)) state = post(state, arrival);
  };

  const tell = async () => {
    const view = viewOf(program, state);
    await recorder.flush(view, haveStepsChanged(told, view));
    told = view;
    show(program, view);
    migrations.answer();
  };

  const nextInput = async (position: Suspension): Promise<Input> => {
    for (;;) {
      collect();
      if (haveStepsChanged(told, viewOf(program, state))) await tell();
      const taken = take(state, Date.now());
      if (taken) {
        state = taken.state;
        return taken.input;
      }
      if (position.kind === 'call') {
        const outcome = await carryOut(position.call, root);
        // Whether pause points came before the call's end is for their stamps to say.
        collect();
        return outcome;
      }
      const due = dueAt(position);
      const arrived = () => arrivals.length > 0;
      if (due === undefined) await condition(arrived);
      else await condition(arrived, Math.max(due - Date.now(), 1), timerAt(program, position));
    }
  };

  const run = async (): Promise<RunFlowResult> => {
    for (;;) {
      const progress = advance(program, state);
      state = progress.state;
      recorder.add(progress.events);
      await tell();
      const { position } = state;
      if (position.kind === 'ended') {
        await migrations.close();
        return end(position.status, position.error);
      }
      if (position.kind === 'start' || position.kind === 'ready') continue;
      collect();
      if (isHistoryLong() && !root.consideredCancelled && allHandlersFinished()) {
        await continueAsNew<typeof runFlow>({ ...going, state });
      }
      const taken = await nextInput(position);
      const moved = accept(program, state, taken);
      ({ program, state } = moved);
      recorder.add(moved.events);
      if (taken.kind === 'migrate' && moved.verdict) {
        if (moved.verdict.ok) going = { ...going, ...taken.target };
        migrations.decide(taken.id, moved.verdict);
      }
    }
  };

  return CancellationScope.nonCancellable(run);
}

/** What no event tells, and clients see in snapshots nevertheless. */
function haveStepsChanged(before: RunView, now: RunView): boolean {
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
function end(status: RunStatus, error: RunError | undefined): RunFlowResult {
  if (status === 'cancelled') throw new CancelledFailure('The run was cancelled.');
  if (status === 'failed') {
    throw ApplicationFailure.nonRetryable(error?.message, error?.code, error);
  }
  return { status: status as RunFlowResult['status'] };
}
