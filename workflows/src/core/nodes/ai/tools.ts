import {
  type AiTool,
  type CallHttpResult,
  finishFunction,
  isKind,
  type JsonObject,
  jsonBytes,
  limits,
  type ModelCall,
  type QuotedPassage,
  searchFunction,
  type SearchKnowledgeResult,
  storable,
} from '@crmflow/contracts';
import { asText } from '@crmflow/expressions';
import { faultOf, NodeFault } from '../../node-fault.js';
import { scopeOf } from '../../scope.js';
import type { CallSuspension, Input, AiTurnState } from '../../state.js';
import type { Turn } from '../../turn.js';
import { callKey, suspendForCall, valueOf } from '../call.js';
import type { Outcome, VisitOf } from '../behaviour.js';
import { renderRequest } from '../render-request.js';
import { ask } from './ask.js';
import { turnStateOf, withSources } from './turn-state.js';

type Visit = VisitOf<'ai'>;
type IntegrationTool = Extract<AiTool, { kind: 'integration' }>;

/** An error in words for the model, so that it can try something else. */
const refusal = (code: string, message: string): JsonObject => ({ error: { code, message } });

function toolOf({ data }: Visit['node'], name: string): AiTool | undefined {
  return data.tools?.find((tool) =>
    tool.kind === 'knowledge' ? name === searchFunction : name === tool.name,
  );
}

/** @throws NodeFault `tool_missing` */
function integrationOf(turn: Turn, { node, name }: IntegrationTool) {
  const found = turn.program.nodes.get(node);
  if (found && isKind(found, 'http')) return found;
  throw new NodeFault('tool_missing', `The flow has no integration node for the tool "${name}".`);
}

function suspendForTool(
  turn: Turn,
  visit: Visit,
  talk: AiTurnState,
  { tool, args }: { tool: AiTool; args: JsonObject },
): Outcome {
  const calls = talk.calls + 1;
  const { label, data } = visit.node;
  const name = tool.kind === 'knowledge' ? searchFunction : tool.name;
  const key = { ...callKey(turn, visit, calls), label: `${label}: ${name}` };
  if (tool.kind === 'knowledge') {
    const queries = [asText(args['query'] ?? '')];
    const input = { ...key, queries, ...(data.knowledge?.length && { itemIds: data.knowledge }) };
    return suspendForCall(visit, { activity: 'searchKnowledge', input }, { ...talk, calls });
  }
  const scope = scopeOf(turn, visit);
  const filled = { ...scope, vars: { ...scope.vars, ...args } };
  const request = renderRequest(key, integrationOf(turn, tool).data, filled);
  const input = { ...request, wantBody: true };
  return suspendForCall(visit, { activity: 'callHttp', input }, { ...talk, calls });
}

/** Records the result of the call that was next. */
function recordResult(talk: AiTurnState, result: JsonObject): AiTurnState {
  const [call, ...todo] = talk.todo;
  const newest = talk.exchanges.at(-1);
  if (!call || !newest) throw new Error('a call has ended that was not made');
  const results = [...newest.results, { name: call.name, result }];
  return { ...talk, todo, exchanges: [...talk.exchanges.slice(0, -1), { ...newest, results }] };
}

function finish(turn: Turn, visit: Visit, args: JsonObject): Outcome {
  const { saveAs, converse } = visit.node.data;
  const value = converse?.collect ? args : (args['summary'] ?? '');
  if (saveAs) turn.assign(saveAs, value, visit);
  return { leave: 'out' };
}

/** Why a call cannot be made; null where it can. */
function faultIn(visit: Visit, talk: AiTurnState, { name, fault }: ModelCall): JsonObject | null {
  if (fault !== undefined) return refusal('invalid_arguments', fault);
  const done = talk.exchanges.at(-1)?.results.length ?? 0;
  if (done >= limits.toolCallsAtOnce) {
    return refusal('too_many_calls', `Call ${limits.toolCallsAtOnce} functions at most at once.`);
  }
  const known = name === finishFunction ? visit.node.data.converse : toolOf(visit.node, name);
  return known ? null : refusal('unknown_function', `There is no function "${name}".`);
}

/** Makes the calls that the model asked for, one after the other, and then asks it again. */
export function runCalls(turn: Turn, visit: Visit, talk: AiTurnState): Outcome {
  const [call] = talk.todo;
  if (!call) return ask(turn, visit, talk);
  const refused = faultIn(visit, talk, call);
  if (refused) return runCalls(turn, visit, recordResult(talk, refused));
  const { name, args } = call;
  const tool = toolOf(visit.node, name);
  if (!tool) return finish(turn, visit, args);
  try {
    return suspendForTool(turn, visit, talk, { tool, args });
  } catch (error) {
    const fault = faultOf(error);
    if (!fault) throw error;
    return runCalls(turn, visit, recordResult(talk, refusal(fault.code, fault.message)));
  }
}

/** Orders calls so that the end of a conversation comes after everything else asked for with it. */
export function finishLast(calls: readonly ModelCall[]): ModelCall[] {
  const ends = ({ name, fault }: ModelCall) => name === finishFunction && fault === undefined;
  return [...calls.filter((call) => !ends(call)), ...calls.filter(ends).slice(0, 1)];
}

function bounded({ status, body }: CallHttpResult): JsonObject {
  const result = { status, body };
  if (jsonBytes(result) <= limits.toolResultBytes) return result;
  const beginning = JSON.stringify(body).slice(0, limits.toolResultBytes / 4);
  return storable({ status, truncated: true, body: beginning });
}

function quoted(passages: readonly QuotedPassage[]): JsonObject {
  const documents = passages.map(({ name, text, url, page, heading }): JsonObject => ({
    source: name,
    ...(url !== undefined && { url }),
    ...(page !== undefined && { page }),
    ...(heading !== undefined && { heading }),
    text,
  }));
  return { passages: documents };
}

function read(turn: Turn, visit: Visit, suspension: CallSuspension, input: Input): AiTurnState {
  const talk = turnStateOf(suspension);
  if (suspension.call.activity === 'searchKnowledge') {
    const { passages, sources } = valueOf(input) as SearchKnowledgeResult;
    const known = { ...talk, sources: withSources(talk.sources, sources) };
    return recordResult(known, quoted(passages));
  }
  const result = valueOf(input) as CallHttpResult;
  const tool = toolOf(visit.node, talk.todo[0]?.name ?? '');
  if (tool?.kind === 'integration') {
    const { saveAs } = integrationOf(turn, tool).data;
    if (saveAs) turn.assign(saveAs, result.body, visit);
  }
  return recordResult(talk, bounded(result));
}

/** Passes the result of a call, or its error, back to the model. */
export function onToolResult(
  turn: Turn,
  visit: Visit,
  suspension: CallSuspension,
  input: Input,
): Outcome {
  let talk: AiTurnState;
  try {
    talk = read(turn, visit, suspension, input);
  } catch (error) {
    const fault = faultOf(error);
    if (!fault) throw error;
    talk = recordResult(turnStateOf(suspension), refusal(fault.code, fault.message));
  }
  return runCalls(turn, visit, talk);
}
