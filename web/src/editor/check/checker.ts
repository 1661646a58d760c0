import type { FlowProblem } from '@crmflow/contracts';
import { computed, effect, signal, type ReadonlySignal } from '@preact/signals';
import { texts } from '../editor-texts.js';
import { readFlow } from '../model/flow-document.js';
import type { DocumentReader } from '../model/store.js';
import type { CheckAnswer, CheckRequest } from './check-worker.js';

/** What is wrong with the flow as it is drawn. */
export type Checker = {
  problems: ReadonlySignal<readonly FlowProblem[]>;
  /** Those of each node that has some. */
  byNode: ReadonlySignal<ReadonlyMap<string, readonly FlowProblem[]>>;
  dispose(): void;
};

const pauseMs = 200;

/**
 * Checks the flow as one types, by the very code that the server uses, in a worker of its own so
 * that no frame waits for it.
 */
export function createChecker(document: DocumentReader): Checker {
  const worker = new Worker(new URL('./check-worker.ts', import.meta.url), { type: 'module' });
  const problems = signal<readonly FlowProblem[]>([]);
  let timer: ReturnType<typeof setTimeout> | undefined;

  worker.addEventListener('message', ({ data }: MessageEvent<CheckAnswer>) => {
    if (data.version === document.version.peek()) problems.value = data.problems;
  });
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    problems.value = [
      { severity: 'warning', code: 'unchecked', message: texts.problems.unchecked },
    ];
  });
  const ask = () => {
    const request: CheckRequest = { version: document.version.peek(), flow: readFlow(document) };
    worker.postMessage(request);
  };
  const watch = effect(() => {
    if (document.version.value < 0) return;
    clearTimeout(timer);
    timer = setTimeout(ask, pauseMs);
  });

  return {
    problems,
    byNode: computed(() => {
      const nodes = new Map<string, FlowProblem[]>();
      for (const problem of problems.value) {
        if (problem.nodeId === undefined) continue;
        nodes.set(problem.nodeId, [...(nodes.get(problem.nodeId) ?? []), problem]);
      }
      return nodes;
    }),
    dispose() {
      watch();
      clearTimeout(timer);
      worker.terminate();
    },
  };
}
