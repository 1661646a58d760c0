import { type CallKey, type GenerateInput, parseDuration, type Patience } from '@crmflow/contracts';
import { asNodeFault } from '../node-fault.js';
import type { AiTurnState, Call, Input } from '../state.js';
import type { Turn, Visit } from '../turn.js';
import type { Outcome } from './behaviour.js';

/**
 * The key of this execution of the node: side effects carry it so that a retry does not repeat them.
 * @param call which call of the visit it is, from 1
 */
export function callKey(turn: Turn, { node, visit }: Visit, call = 1): CallKey {
  const key = { runId: turn.program.runId, nodeId: node.id, visit, label: node.label };
  return call === 1 ? key : { ...key, call };
}

/** What the author of a node set of how long it waits for a service. */
export function patienceOf({
  timeout,
  retryFor,
}: {
  timeout?: string;
  retryFor?: string;
}): Patience {
  const timeoutMs = timeout ? parseDuration(timeout) : null;
  const retryForMs = retryFor ? parseDuration(retryFor) : null;
  return {
    ...(timeoutMs !== null && { timeoutMs }),
    ...(retryForMs !== null && { retryForMs }),
  };
}

/** What a model is told of the run it speaks in. */
export function situationOf({
  program,
  state: { spoke },
}: Turn): Pick<GenerateInput, 'timezone' | 'spoke'> {
  const timezone = program.locale?.timezone;
  return { ...(timezone !== undefined && { timezone }), ...(spoke && { spoke }) };
}

/**
 * Suspends a node until a call has ended.
 * @param talk the progress of a visit that makes several calls
 */
export function suspendForCall(
  { node, visit, enteredAt }: Visit,
  call: Call,
  talk?: AiTurnState,
): Outcome {
  const at = { nodeId: node.id, visit, enteredAt };
  return { suspend: { kind: 'call', ...at, call, ...(talk && { talk }) } };
}

/**
 * The value of a call that succeeded.
 * @throws NodeFault with the call's code where it failed
 */
export function valueOf(input: Input): unknown {
  if (input.kind !== 'outcome') throw new Error(`a call was given a ${input.kind}`);
  if (!input.outcome.ok) throw asNodeFault(input.outcome.error);
  return input.outcome.value;
}
