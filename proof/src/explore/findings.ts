import {
  type Exploration,
  type Finding,
  type Flow,
  type FlowNode,
  type FlowTestInput,
  isKind,
  toolUsesOf,
} from '@crmflow/contracts';
import { readsOf } from '@crmflow/expressions';
import { partsOf, type Reached } from '../coverage.js';
import { inputsOf, type Spot } from './spot.js';

const mostFindings = 200;

/** What ends a run that goes in a circle. */
const circleCodes = new Set(['step_budget_exceeded', 'log_budget_exceeded', 'run_log_full']);

/** The variables that a node reads without asking first whether they are there. */
function needsOf(node: FlowNode): { name: string; setBefore: readonly string[] }[] {
  const { read, tested } = readsOf(node);
  const asked = new Set(tested);
  return read.filter(({ name }) => !asked.has(name));
}

/** Numbers that lie on a circle of edges: one for each circle. */
function circles(edges: ReadonlyMap<number, ReadonlySet<number>>): number[] {
  const state = new Map<number, 'open' | 'done'>();
  const found: number[] = [];
  for (const root of edges.keys()) {
    if (state.has(root)) continue;
    const stack: { at: number; rest: number[] }[] = [
      { at: root, rest: [...(edges.get(root) ?? [])] },
    ];
    state.set(root, 'open');
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const next = top.rest.shift();
      if (next === undefined) {
        state.set(top.at, 'done');
        stack.pop();
      } else if (state.get(next) === 'open') {
        found.push(next);
      } else if (!state.has(next)) {
        state.set(next, 'open');
        stack.push({ at: next, rest: [...(edges.get(next) ?? [])] });
      }
    }
  }
  return found;
}

/** Collects findings: the first of each kind at each place, which is the one with the shortest way. */
export function createFindings(flow: Flow) {
  const byKey = new Map<string, Finding>();
  const nodes = new Map(flow.nodes.map((node) => [node.id, node]));
  const needs = new Map(flow.nodes.map((node) => [node.id, needsOf(node)]));
  const calls = new Map<number, Set<number>>();
  const callers = new Map<number, Spot>();
  /** Reminders and second questions that were said, by their nodes. */
  const reminded = new Map<string, number>();
  const askedAgain = new Set<string>();

  const labelOf = (nodeId: string) => nodes.get(nodeId)?.label || nodeId;

  const add = (finding: Omit<Finding, 'inputs'>, spot?: Spot) => {
    const { kind, nodeId, handle, variable, code } = finding;
    const key = JSON.stringify([kind, nodeId, handle, variable, code]);
    if (byKey.has(key) || byKey.size >= mostFindings) return;
    byKey.set(key, { ...finding, ...(spot && { inputs: inputsOf(spot) }) });
  };

  const circleAt = (nodeId: string, spot: Spot) =>
    add(
      {
        ...{ kind: 'loop_without_wait', nodeId },
        message: `The flow runs in a circle at “${labelOf(nodeId)}” without waiting for anybody.`,
      },
      spot,
    );

  const ended = (spot: Spot) => {
    const { position } = spot.state;
    if (position.kind !== 'ended') return;
    const { error, status } = position;
    const nodeId = error?.nodeId ?? spot.left?.nodeId ?? '';
    if (error && circleCodes.has(error.code)) circleAt(nodeId, spot);
    else if (error) {
      const message = `The run fails at “${labelOf(nodeId)}”: ${error.message}`;
      add({ kind: 'run_fails', nodeId, code: error.code, message }, spot);
    } else if (status === 'completed' && spot.isUnanswered && spot.left) {
      const { handle } = spot.left;
      add(
        {
          ...{ kind: 'dead_end', nodeId, handle },
          message: `The conversation ends at “${labelOf(nodeId)}” (${handle}) without a word to what the customer said last.`,
        },
        spot,
      );
    }
  };

  const neverReached = (reached: Reached) => {
    const tools = new Set(toolUsesOf(flow.nodes).map(({ target }) => target));
    for (const node of flow.nodes) {
      const { id: nodeId, label, type } = node;
      if (reached.hasNode(nodeId) || tools.has(nodeId)) continue;
      const kind = type === 'speak' ? 'text_never_said' : 'node_never_reached';
      add({ kind, nodeId, message: `No way leads to “${label || nodeId}”.` });
    }
    for (const { nodeId, handle } of partsOf(flow).handles) {
      if (!reached.hasNode(nodeId) || reached.has({ nodeId, handle })) continue;
      const message = `“${labelOf(nodeId)}” is never left by ${handle}.`;
      add({ kind: 'handle_never_reached', nodeId, handle, message });
    }
    for (const node of flow.nodes) {
      if (!isKind(node, 'listen') || !reached.hasNode(node.id)) continue;
      const { reminders, retryText } = node.data;
      const said = reminded.get(node.id) ?? 0;
      if (said < reminders.length) {
        const message = `“${labelOf(node.id)}” never says reminder ${said + 1}: its time is over before.`;
        add({ kind: 'text_never_said', nodeId: node.id, handle: `reminders[${said}]`, message });
      }
      if (retryText && !askedAgain.has(node.id)) {
        const message = `“${labelOf(node.id)}” never asks again.`;
        add({ kind: 'text_never_said', nodeId: node.id, handle: 'retryText', message });
      }
    }
  };

  return {
    /** That a node is entered with these variables set. */
    entered(nodeId: string, set: ReadonlySet<string>, spot: Spot) {
      for (const { name, setBefore } of needs.get(nodeId) ?? []) {
        if (set.has(name) || setBefore.includes(name)) continue;
        const message = `“${labelOf(nodeId)}” reads vars.${name}, which may not be set by then.`;
        add({ kind: 'variable_missing', nodeId, variable: name, message }, spot);
      }
    },

    /** Where a run rests for the first time like that. */
    rests(spot: Spot) {
      const { position } = spot.state;
      ended(spot);
      if (position.kind === 'reply' && position.deadline === undefined) {
        const { nodeId } = position;
        const message = `“${labelOf(nodeId)}” waits forever where nobody replies.`;
        add({ kind: 'wait_never_ends', nodeId, message }, spot);
      }
    },

    /** From one place to the next. */
    moved({ state: { position: before } }: Spot, { state: { position: after } }: Spot) {
      if (before.kind !== 'reply') return;
      const { nodeId } = before;
      if (after.kind === 'reply' && after.nodeId === nodeId && after.visit === before.visit) {
        if (after.retriesLeft < before.retriesLeft) askedAgain.add(nodeId);
        const node = nodes.get(nodeId);
        const all = node && isKind(node, 'listen') ? node.data.reminders.length : 0;
        reminded.set(nodeId, Math.max(reminded.get(nodeId) ?? 0, all - after.reminders.length));
      }
    },

    /** That one state led to another by the end of a call, with nobody waited for. */
    called(from: number, to: number, spot: Spot) {
      const targets = calls.get(from) ?? new Set();
      calls.set(from, targets.add(to));
      callers.set(from, spot);
    },

    /** That a move went on and on. */
    tooLong(spot: Spot) {
      circleAt(spot.left?.nodeId ?? flow.nodes[0]?.id ?? '', spot);
    },

    /** All of them; what is never reached only where all was looked at. */
    all(isComplete: boolean, reached: Reached): Exploration['findings'] {
      for (const number of circles(calls)) {
        const spot = callers.get(number);
        const { position } = spot?.state ?? {};
        if (spot && position?.kind === 'call') circleAt(position.nodeId, spot);
      }
      if (isComplete) neverReached(reached);
      return [...byKey.values()];
    },
  };
}

/** The status that a run should have in place of what was found; undefined where that is open. */
function wantedStatus({ kind }: Finding) {
  if (kind === 'run_fails' || kind === 'loop_without_wait') return 'completed' as const;
  return kind === 'wait_never_ends' ? ('timed_out' as const) : undefined;
}

/** A finding as a test that leads there. It fails for as long as the flow fails or never ends there. */
export function testOfFinding(finding: Finding, id: string): FlowTestInput {
  const { message, inputs, kind, nodeId, variable } = finding;
  const status = wantedStatus(finding);
  const { steps = [], mocks = [], start = {} } = inputs ?? {};
  const silence = kind === 'wait_never_ends' ? [{ after: 'P365D' }] : [];
  const said =
    kind === 'dead_end'
      ? [{ expect: { matches: '.' } }]
      : kind === 'variable_missing' && variable !== undefined
        ? [{ expect: { cel: `has(vars.${variable})` } }]
        : [];
  return {
    ...{ id, name: message.slice(0, 200), start, mocks },
    steps: [...steps, ...silence, ...said],
    assert: { ...(status && { status }), ...(inputs === undefined && { visits: { [nodeId]: 1 } }) },
  };
}
