import type { RunError } from '@crmflow/contracts';
import {
  ApplicationFailure,
  CancellationScope,
  allHandlersFinished,
  condition,
} from '@temporalio/workflow';
import type { Migration, MigrationTarget, Verdict } from '../core/index.js';
import type { MigrateUpdate } from '../messages.js';
import type { RunProgram } from '../run-input.js';

/** Those who have asked a run to move to another version, and wait for an answer. */
export type Migrations = {
  /** Refuses at once, and without a trace in the history, what cannot be from where the run is. */
  validate(update: MigrateUpdate, program?: RunProgram): void;
  /** Settles once the run has told that it moved; fails with the reason where it did not. */
  handle(update: MigrateUpdate, program?: RunProgram): Promise<void>;
  /** Keeps the verdict on one of them until it is told. */
  decide(id: string, verdict: Verdict): void;
  /** Answers with the verdicts so far: what they are about has been told. */
  answer(): void;
  /** Answers all that are left, as the run has ended. */
  close(): Promise<void>;
};

const refusal = ({ code, message }: { code: string; message: string }) =>
  ApplicationFailure.nonRetryable(message, code);

const targetOf = ({ target }: MigrateUpdate, program?: RunProgram) =>
  ({ ...target, ...program }) as MigrationTarget;

const ended: Verdict = {
  ok: false,
  code: 'run_finished',
  message: 'The run ended before it could move to another version.',
};

/** @param deps.getMigrationBlocker why the run cannot move from where it is now */
export function createMigrations(deps: {
  enqueue(migration: Migration): void;
  getMigrationBlocker(target: MigrationTarget): RunError | null;
}): Migrations {
  const verdicts = new Map<string, Verdict>();
  const answers = new Map<string, Verdict>();
  let asked = 0;
  let closed = false;

  const answerTo = async (id: string): Promise<Verdict> => {
    await condition(() => closed || answers.has(id));
    return answers.get(id) ?? ended;
  };

  return {
    validate(update, program) {
      const reason = deps.getMigrationBlocker(targetOf(update, program));
      if (reason) throw refusal(reason);
    },
    // A run that is cancelled answers too.
    handle: (update, program) =>
      CancellationScope.nonCancellable(async () => {
        asked += 1;
        const id = String(asked);
        const target = targetOf(update, program);
        deps.enqueue({ kind: 'migrate', id, at: update.at, target });
        const verdict = await answerTo(id);
        if (!verdict.ok) throw refusal(verdict);
      }),
    decide: (id, verdict) => void verdicts.set(id, verdict),
    answer() {
      for (const [id, verdict] of verdicts) answers.set(id, verdict);
      verdicts.clear();
    },
    async close() {
      closed = true;
      await condition(allHandlersFinished);
    },
  };
}
