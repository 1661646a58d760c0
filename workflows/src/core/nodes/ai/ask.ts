import { type GenerateInput, limits, type RunEventData, storable } from '@crmflow/contracts';
import { renderText, type Scope } from '@crmflow/expressions';
import { scopeOf } from '../../scope.js';
import type { AiTurnState } from '../../state.js';
import type { Turn } from '../../turn.js';
import { callKey, patienceOf, situationOf, suspendForCall } from '../call.js';
import type { Outcome, VisitOf } from '../behaviour.js';
import { functionsOf } from './functions.js';

type Data = VisitOf<'ai'>['node']['data'];
type Request = Omit<GenerateInput, 'runId' | 'nodeId' | 'visit' | 'label' | 'upToSeq' | 'spoke'>;

const render = (template: string, scope: Scope) => storable(renderText(template, scope));

/** What conversing and tools add to a request; nothing where the node has neither. */
function talking(data: Data, talk: AiTurnState, scope: Scope): Partial<Request> {
  const { converse } = data;
  const functions = functionsOf(data);
  return {
    ...(converse && {
      leading: {
        goal: render(converse.goal, scope),
        repliesLeft: Math.max(converse.maxTurns - talk.replies, 0),
      },
    }),
    ...(functions.length > 0 && { functions }),
    ...(talk.exchanges.length > 0 && { exchanges: talk.exchanges }),
    ...(talk.exchanges.length >= limits.toolRounds && { mustAnswer: true }),
  };
}

function requestOf(data: Data, talk: AiTurnState, scope: Scope): Request {
  return {
    purpose: 'ai',
    prompt: render(data.prompt, scope),
    ...(data.system && { system: render(data.system, scope) }),
    ...(data.model && { model: data.model }),
    ...(data.temperature !== undefined && { temperature: data.temperature }),
    usePersonality: data.usePersonality,
    ...(data.useKnowledge && {
      knowledge: data.knowledge?.length ? { itemIds: data.knowledge } : {},
    }),
    ...(data.schema && { schema: data.schema }),
    ...patienceOf(data),
    ...talking(data, talk, scope),
    // Half a value is of no use to anyone.
    stream: Boolean(data.converse) || (data.output !== 'variable' && !data.schema),
  };
}

function resultsOf({ exchanges }: AiTurnState): RunEventData['ai.started'] {
  const newest = exchanges.at(-1);
  if (!newest) return {};
  const results = newest.results.map(({ name, result: { error } }) => ({
    name,
    ...(error !== undefined && { error: error as { code: string; message: string } }),
  }));
  return { results };
}

/** Asks the model, about everything said before it was asked for this answer. */
export function ask(turn: Turn, visit: VisitOf<'ai'>, talk: AiTurnState): Outcome {
  const request = requestOf(visit.node.data, talk, scopeOf(turn, visit));
  turn.emit('ai.started', resultsOf(talk), visit);
  const calls = talk.calls + 1;
  const upToSeq = talk.upToSeq ?? turn.state.seq;
  const input = { ...callKey(turn, visit, calls), ...request, ...situationOf(turn), upToSeq };
  return suspendForCall(visit, { activity: 'generate', input }, { ...talk, calls, upToSeq });
}
