import type { FlowIssue, Json } from '@crmflow/contracts';
import type { SourceIssue } from '@crmflow/expressions';
import { computed, effect, signal, type ReadonlySignal } from '@preact/signals';
import { readFlow } from '../model/flow-document.js';
import type { DocumentReader } from '../model/store.js';
import type { CheckAnswer, CheckRequest, Sample, Source } from './messages.js';

/** What is wrong with the flow as it is drawn. */
export type Checker = {
  issues: ReadonlySignal<readonly FlowIssue[]>;
  /** The worker that checks is broken: nothing is known here. */
  isBroken: ReadonlySignal<boolean>;
  /** Those of each node that has some. */
  byNode: ReadonlySignal<ReadonlyMap<string, readonly FlowIssue[]>>;
  /** What is wrong with one text; nothing where the worker is broken. */
  issuesOf(source: Source): Promise<readonly SourceIssue[]>;
  /** What a text comes to; undefined where it cannot be worked out. */
  valueOf(source: Source, scope: Sample): Promise<Json | undefined>;
  dispose(): void;
};

const pauseMs = 200;
/** What it may wait for the page to have nothing to draw. */
const patienceMs = 1_000;

/** Not every browser says when it is idle. */
function whenIdle(work: () => void): void {
  if (!('requestIdleCallback' in window)) work();
  else requestIdleCallback(work, { timeout: patienceMs });
}

/** Which of some hosts, each with its port, the installation lets no flow call. */
type AskHosts = (hosts: readonly string[]) => Promise<readonly string[]>;

const hostIn = (issue: FlowIssue) => (issue.reason === 'host_refused' ? [issue.params.host] : []);

const worstFirst = (issues: readonly FlowIssue[]) =>
  issues.toSorted((a, b) => a.severity.localeCompare(b.severity));

/**
 * Checks the flow as one types, by the very code that the server uses, in a worker of its own so
 * that no frame waits for it.
 */
export function createChecker(document: DocumentReader, areRefused: AskHosts): Checker {
  let worker: Worker | undefined;
  const found = signal<readonly FlowIssue[]>([]);
  const refused = signal<ReadonlySet<string>>(new Set());
  const asked = new Set<string>();
  const isBroken = signal(false);
  const waiting = new Map<number, (answer: CheckAnswer | undefined) => void>();
  let lastId = 0;
  let isClosed = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const post = (request: CheckRequest) => (worker ??= begin()).postMessage(request);
  const ask = (request: (id: number) => CheckRequest) =>
    new Promise<CheckAnswer | undefined>((resolve) => {
      const id = (lastId += 1);
      waiting.set(id, resolve);
      post(request(id));
    });
  const settle = (id: number, answer: CheckAnswer | undefined) => {
    waiting.get(id)?.(answer);
    waiting.delete(id);
  };

  /** Shows what was found. Hosts that the rules refuse may be allowed here, which the server knows. */
  const show = (issues: readonly FlowIssue[]) => {
    found.value = worstFirst(issues);
    const hosts = issues.flatMap(hostIn).filter((host) => !asked.has(host));
    if (hosts.length === 0) return;
    for (const host of hosts) asked.add(host);
    areRefused(hosts).then(
      (some) => (refused.value = new Set([...refused.peek(), ...some])),
      () => {
        for (const host of hosts) asked.delete(host);
      },
    );
  };
  const issues = computed(() =>
    found.value.filter((issue) => hostIn(issue).every((host) => refused.value.has(host))),
  );

  /** Begun when it is first asked: its start takes as much as drawing the canvas does. */
  const begin = () => {
    const begun = new Worker(new URL('./check-worker.ts', import.meta.url), { type: 'module' });
    begun.addEventListener('message', ({ data }: MessageEvent<CheckAnswer>) => {
      if (data.kind !== 'flow') settle(data.id, data);
      else if (data.version === document.meaning.peek()) show(data.issues);
    });
    begun.addEventListener('error', (event) => {
      event.preventDefault();
      for (const id of waiting.keys()) settle(id, undefined);
      found.value = [];
      isBroken.value = true;
    });
    return begun;
  };
  const check = () => {
    if (isClosed) return;
    post({ kind: 'flow', version: document.meaning.peek(), flow: readFlow(document) });
  };
  const watch = effect(() => {
    if (document.meaning.value < 0) return;
    clearTimeout(timer);
    timer = setTimeout(() => whenIdle(check), pauseMs);
  });

  return {
    issues,
    isBroken,
    byNode: computed(() => {
      const nodes = new Map<string, FlowIssue[]>();
      for (const issue of issues.value) {
        if (issue.nodeId === undefined) continue;
        nodes.set(issue.nodeId, [...(nodes.get(issue.nodeId) ?? []), issue]);
      }
      return nodes;
    }),
    async issuesOf(source) {
      const answer = await ask((id) => ({ kind: 'source', id, ...source }));
      return answer?.kind === 'source' ? answer.issues : [];
    },
    async valueOf(source, scope) {
      const answer = await ask((id) => ({ kind: 'value', id, scope, ...source }));
      return answer?.kind === 'value' ? answer.value : undefined;
    },
    dispose() {
      watch();
      clearTimeout(timer);
      isClosed = true;
      worker?.terminate();
      for (const id of waiting.keys()) settle(id, undefined);
    },
  };
}
