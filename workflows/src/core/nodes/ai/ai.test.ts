import type { GenerateInput, GenerateResult, RunEvent } from '@crmflow/contracts';
import { limits } from '@crmflow/contracts';
import { describe, expect, it } from 'vitest';
import { edge, node, row, say } from '../../../../../tests/support/flows.js';
import { compileRun } from '../../../compile-run.js';
import { accept, advance, begin, loadProgram, viewOf } from '../../index.js';
import type { Call, CallOutcome, Input } from '../../state.js';

type Given = CallOutcome | { say: string | string[]; at?: number } | 'time';

const usage = { inputTokens: 1, outputTokens: 1 };
const answer = (text: string, more: Partial<GenerateResult> = {}): CallOutcome => ({
  ok: true,
  value: { text, usage, model: 'fake', at: 0, ...more },
});
const calls = (...wanted: NonNullable<GenerateResult['calls']>): CallOutcome =>
  answer('', { calls: wanted, turn: { parts: wanted.length } });
const response = (body: string): CallOutcome => ({
  ok: true,
  value: { status: 200, body, at: 0 },
});
const failed = (code: string): CallOutcome => ({
  ok: false,
  cancelled: false,
  error: { code, message: `It failed by ${code}.` },
});
const found = (...texts: string[]): CallOutcome => ({
  ok: true,
  value: {
    passages: texts.map((text) => ({ name: 'Guide', text, page: 3 })),
    sources: texts.map((_, i) => ({ itemId: 'item', name: 'Guide', page: 3 + i })),
    at: 0,
  },
});

const repliedAt = (at: number, turn: number, texts: string[]): Input => ({
  ...{ kind: 'reply', at },
  messages: texts.map((text, i) => ({
    ...{ kind: 'message', messageId: `m${turn}.${i}`, text, at },
  })),
});

/** The story of a run with one ai node, given these outcomes and replies one after the other. */
function play(data: object, ...given: Given[]) {
  const draft = row([node('it', 'ai', data), say('end', 'Saved {{ vars.kept }}')], {
    aside: [
      say('caught', 'Caught {{ run.error.code }}'),
      node('lookup', 'integration', { url: 'https://a.example/{{ vars.order }}', saveAs: 'raw' }),
    ],
    edges: [edge('it', 'error', 'caught')],
    variables: [{ name: 'order', default: 'none' }],
  });
  const input = compileRun(
    { schemaVersion: 1, ...draft },
    { runId: 'run-1', workflowId: 'flow-1', version: 'draft', input: {}, startedAt: 0 },
  );
  const program = loadProgram(input);
  const made: Call[] = [];
  let events: RunEvent[] = [];
  let state = begin(input);
  const go = () => {
    const progress = advance(program, state);
    ({ state } = progress);
    events = [...events, ...progress.events];
    if (state.position.kind === 'call') made.push(state.position.call);
  };
  go();
  for (const [i, one] of given.entries()) {
    const at = (i + 1) * 1000;
    const asInput = (): Input => {
      if (one === 'time') return { kind: 'timer', at: 86_400_000 };
      if ('say' in one) return repliedAt(one.at ?? at, i, [one.say].flat());
      return { kind: 'outcome', at, outcome: one };
    };
    const progress = accept(program, JSON.parse(JSON.stringify(state)) as typeof state, asInput());
    ({ state } = progress);
    events = [...events, ...progress.events];
    go();
  }
  const of = <T extends RunEvent['type']>(type: T) =>
    events.flatMap((event) => (event.type === type ? [event.data] : []));
  return {
    ...{ made, view: viewOf(program, state), of },
    messages: of('message').map((data) => {
      const { role, text } = data as { role: string; text: string };
      return `${role}: ${text}`;
    }),
    asked: made.flatMap((call) => (call.activity === 'generate' ? [call.input] : [])),
  };
}

const lookUp = {
  ...{ kind: 'integration', node: 'lookup', name: 'look_up', description: 'Finds an order' },
  parameters: { type: 'object', properties: { order: { type: 'string' } } },
};

describe('a budget of the deployment that is used up', () => {
  const prompt = { prompt: 'Answer', saveAs: 'kept', output: 'both' };
  const usedUp: CallOutcome = {
    ...{ ok: false, cancelled: false },
    error: {
      ...{ code: 'ai_deployment_budget_exceeded', message: 'Used up.' },
      customerText: 'Back tomorrow.',
    },
  };

  it('is told to the customer, and leaves by the error handle', () => {
    expect(play(prompt, usedUp).messages).toEqual([
      ...['system: Back tomorrow.', 'system: Caught ai_deployment_budget_exceeded'],
    ]);
  });

  it('is told once if the model leads a conversation, which keeps waiting', () => {
    const converse = { goal: 'Help', maxTurns: 5 };
    const { messages, of, view } = play(
      { ...prompt, converse },
      ...[usedUp, { say: 'Hello?' }, usedUp, { say: 'Anyone?' }, answer('Yes?')],
    );
    expect(messages).toEqual([
      ...['ai: Back tomorrow.', 'user: Hello?', 'user: Anyone?', 'ai: Yes?'],
    ]);
    expect(of('waiting').length).toBe(3);
    expect(of('ai.completed')).toMatchObject([
      { text: 'Back tomorrow.', fallback: { code: 'ai_deployment_budget_exceeded' } },
      { text: '', fallback: { code: 'ai_deployment_budget_exceeded' } },
      { text: 'Yes?' },
    ]);
    expect(view.status).toBe('waiting');
  });

  it('is told again on another day', () => {
    const converse = { goal: 'Help', maxTurns: 5 };
    const nextDay = { say: 'Hello?', at: 86_400_000 };
    const { messages } = play({ ...prompt, converse }, usedUp, nextDay, usedUp);
    expect(messages).toEqual(['ai: Back tomorrow.', 'user: Hello?', 'ai: Back tomorrow.']);
  });

  it('gives way to a fallback of the node', () => {
    const fallback = { kind: 'text', text: 'Call us' };
    const { messages } = play({ ...prompt, fallback }, usedUp);
    expect(messages).toEqual(['ai: Call us', 'system: Saved Call us']);
  });
});

describe('the fallback if the model does not respond', () => {
  const prompt = { prompt: 'Answer', saveAs: 'kept', output: 'both' };

  it('is nothing but the error handle where the author wants nothing else', () => {
    expect(play(prompt, failed('ai_blocked')).messages).toEqual(['system: Caught ai_blocked']);
  });

  it('is a text, which is said, saved, and told as what it is', () => {
    const fallback = { kind: 'text', text: 'Call us, order {{ vars.order }}' };
    const { messages, of } = play({ ...prompt, fallback }, failed('ai_key_missing'));
    expect(messages).toEqual(['ai: Call us, order none', 'system: Saved Call us, order none']);
    expect(of('ai.completed')).toEqual([
      {
        text: 'Call us, order none',
        usage: { inputTokens: 0, outputTokens: 0 },
        fallback: { kind: 'text', code: 'ai_key_missing' },
      },
    ]);
  });

  it('is the best passage, looked up by a call of its own, with its source', () => {
    const data = { ...prompt, knowledge: ['item'], fallback: { kind: 'passage' } };
    const { messages, of, made, asked } = play(
      data,
      failed('ai_unavailable'),
      found('It is blue.', 'No.'),
    );
    expect(made[1]).toEqual({
      activity: 'searchKnowledge',
      input: {
        ...{ runId: 'run-1', nodeId: 'it', visit: 1, label: 'it', call: 2 },
        ...{ queries: ['Answer'], itemIds: ['item'], upToSeq: asked[0]?.upToSeq },
      },
    });
    expect(messages[0]).toBe('ai: “It is blue.” (Guide, 3)');
    expect(of('ai.completed')).toMatchObject([
      {
        sources: [{ itemId: 'item', name: 'Guide', page: 3 }],
        fallback: { kind: 'passage', code: 'ai_unavailable' },
      },
    ]);
  });

  it('is the text where no passage is found, and the error handle where there is none either', () => {
    const passage = { kind: 'passage' };
    const text = { ...passage, text: 'Later.' };
    const none = [failed('ai_unavailable'), found()] as const;
    expect(play({ ...prompt, fallback: text }, ...none).messages[0]).toBe('ai: Later.');
    expect(play({ ...prompt, fallback: passage }, ...none).messages).toEqual([
      'system: Caught ai_unavailable',
    ]);
    const away = play(
      { ...prompt, fallback: text },
      failed('ai_blocked'),
      failed('database_unavailable'),
    );
    expect(away.of('ai.completed')).toMatchObject([
      { fallback: { kind: 'text', code: 'ai_blocked' } },
    ]);
  });

  it('says nothing where the run was cancelled', () => {
    const fallback = { kind: 'text', text: 'Later.' };
    const cancelled = { ...failed('cancelled'), cancelled: true } as CallOutcome;
    const { messages, view } = play({ ...prompt, fallback }, cancelled);
    expect([messages, view.status]).toEqual([[], 'cancelled']);
  });
});

describe('tools', () => {
  const data = { prompt: 'Help', tools: [lookUp, { kind: 'knowledge' }] };

  it('are declared to the model', () => {
    const [first] = play(data).asked;
    expect(first?.functions?.map(({ name }) => name)).toEqual(['look_up', 'search_knowledge']);
    expect(first?.functions?.[0]).toEqual({
      name: 'look_up',
      description: 'Finds an order',
      parameters: lookUp.parameters,
    });
  });

  it('make the request of an integration, what the model gives standing in for variables', () => {
    const { made, of, asked, messages } = play(
      data,
      calls({ name: 'look_up', args: { order: 'A 7' } }),
      response('shipped'),
      answer('It is on its way.'),
    );
    expect(made.map(({ input }) => input.call)).toEqual([undefined, 2, 3]);
    expect(made[1]).toMatchObject({
      activity: 'callHttp',
      input: { url: 'https://a.example/A%207', label: 'it: look_up', wantBody: true },
    });
    const exchange = {
      turn: { parts: 1 },
      results: [{ name: 'look_up', result: { status: 200, body: 'shipped' } }],
    };
    expect(asked[1]?.exchanges).toEqual([exchange]);
    expect(asked[1]?.upToSeq).toBe(asked[0]?.upToSeq);
    // The integration's own variable is set; what the model gave is no variable of the run.
    expect(of('variable.set')).toEqual([{ name: 'raw', value: 'shipped' }]);
    expect(of('ai.completed')).toMatchObject([
      { calls: [{ name: 'look_up', args: { order: 'A 7' } }] },
      { text: 'It is on its way.' },
    ]);
    expect(of('ai.started')).toEqual([{}, { results: [{ name: 'look_up' }] }]);
    expect(messages).toEqual(['ai: It is on its way.']);
  });

  it('search the knowledge, and the answer names the sources', () => {
    const { of, asked } = play(
      { ...data, knowledge: ['item'] },
      calls({ name: 'search_knowledge', args: { query: 'colour' } }),
      found('It is blue.'),
      answer('Blue.'),
    );
    expect(asked[1]?.exchanges?.[0]?.results).toEqual([
      {
        name: 'search_knowledge',
        result: { passages: [{ source: 'Guide', page: 3, text: 'It is blue.' }] },
      },
    ]);
    expect(of('ai.completed')[1]).toMatchObject({
      sources: [{ itemId: 'item', name: 'Guide', page: 3 }],
    });
  });

  it('tell the model what went wrong, and never fail the node', () => {
    const { asked, of } = play(
      data,
      calls(
        {
          name: 'look_up',
          args: {},
          fault: 'The arguments do not match the schema: order is missing.',
        },
        { name: 'delete_everything', args: {} },
        { name: 'look_up', args: { order: 'A' } },
      ),
      failed('http_status'),
    );
    const codes = asked[1]?.exchanges?.[0]?.results.map(({ result }) => result['error']);
    expect(codes).toMatchObject([
      { code: 'invalid_arguments' },
      { code: 'unknown_function' },
      { code: 'http_status', message: 'It failed by http_status.' },
    ]);
    expect(of('ai.started')[1]).toMatchObject({
      results: [
        { name: 'look_up', error: { code: 'invalid_arguments' } },
        { name: 'delete_everything', error: { code: 'unknown_function' } },
        { name: 'look_up', error: { code: 'http_status' } },
      ],
    });
  });

  it('are not called for ever', () => {
    const rounds = Array.from({ length: limits.toolRounds }, () => [
      calls({ name: 'look_up', args: {} }),
      response('x'.repeat(limits.toolResultBytes)),
    ]).flat();
    const { asked } = play(data, ...rounds);
    expect(asked.map(({ mustAnswer }) => mustAnswer === true)).toEqual([
      ...Array.from({ length: limits.toolRounds }, () => false),
      true,
    ]);
    expect(JSON.stringify(asked.at(-1)).length).toBeLessThan(
      limits.toolRounds * limits.toolResultBytes,
    );
  });

  it('are as many at once as the model may want', () => {
    const many = Array.from({ length: limits.toolCallsAtOnce + 1 }, () => ({
      name: 'search_knowledge',
      args: { query: 'x' },
    }));
    const { asked } = play(data, calls(...many), ...many.slice(1).map(() => found('Yes.')));
    const results = asked[1]?.exchanges?.[0]?.results ?? [];
    expect(results).toHaveLength(many.length);
    expect(results.at(-1)?.result).toMatchObject({ error: { code: 'too_many_calls' } });
  });
});

describe('a node that converses', () => {
  const collect = { type: 'object', properties: { email: { type: 'string' } } };
  const data = {
    prompt: 'Be kind',
    saveAs: 'kept',
    converse: { goal: 'Know the email', collect, maxTurns: 2, timeout: 'P1D' },
  };
  const done = { name: 'finish_conversation', args: { email: 'a@b.example' } };

  it('talks until the model says that the goal is met, and keeps what it has collected', () => {
    const { messages, asked, of, view } = play(
      data,
      answer('What is your email?'),
      { say: 'a@b.example' },
      answer('Thank you!', { calls: [done], turn: { parts: 1 } }),
    );
    expect(messages).toEqual([
      'ai: What is your email?',
      'user: a@b.example',
      'ai: Thank you!',
      'system: Saved {"email":"a@b.example"}',
    ]);
    expect(asked.map(({ leading }: GenerateInput) => leading)).toEqual([
      { goal: 'Know the email', repliesLeft: 2 },
      { goal: 'Know the email', repliesLeft: 1 },
    ]);
    expect(asked[0]?.functions?.at(-1)).toMatchObject({
      name: 'finish_conversation',
      parameters: collect,
    });
    expect(new Set(of('message').map((one) => (one as { id: string }).id)).size).toBe(4);
    expect(view.status).toBe('completed');
  });

  it('answers once to several messages that are one reply', () => {
    const { messages, asked, of } = play(
      data,
      answer('What is your email?'),
      { say: ['Well,', 'it is', 'a@b.example'] },
      answer('Thank you!', { calls: [done], turn: { parts: 1 } }),
    );
    expect(messages.slice(1, -1)).toEqual([
      ...['user: Well,', 'user: it is', 'user: a@b.example', 'ai: Thank you!'],
    ]);
    expect(asked.map(({ leading }) => leading?.repliesLeft)).toEqual([2, 1]);
    expect(of('message')).toHaveLength(6);
  });

  it('waits for each reply as a listen node does, and says until when', () => {
    const { view, of } = play(data, answer('What is your email?'));
    const waiting = { label: 'it', expect: 'any', deadline: '1970-01-02T00:00:01.000Z' };
    expect(view).toMatchObject({
      status: 'waiting',
      waiting: { nodeId: 'it', ...waiting },
      currentNodes: [{ nodeId: 'it', visit: 1, state: 'waiting' }],
    });
    expect(of('waiting')).toEqual([waiting]);
  });

  it('leaves by the error handle at its limit of replies, and where none comes', () => {
    const again = { say: 'Why?' };
    const limit = play(data, answer('Email?'), again, answer('Please?'), again, answer('Bye.'));
    expect(limit.messages.slice(-2)).toEqual(['ai: Bye.', 'system: Caught turn_limit_reached']);
    expect(limit.asked.at(-1)?.leading?.repliesLeft).toBe(0);
    expect(play(data, answer('Email?'), 'time').messages.at(-1)).toBe('system: Caught no_reply');
  });

  it('sums up what came of it where there is nothing to collect', () => {
    const converse = { goal: 'They are happy', maxTurns: 2 };
    const summed = { name: 'finish_conversation', args: { summary: 'Happy.' } };
    const { messages } = play({ ...data, converse }, calls(summed));
    expect(messages).toEqual(['system: Saved Happy.']);
  });

  it('goes on where the model had to be stood in for', () => {
    const fallback = { kind: 'text', text: 'One moment.' };
    const { messages, view } = play(
      { ...data, fallback },
      failed('ai_unavailable'),
      { say: 'Hello?' },
      answer('What is your email?'),
    );
    expect(messages).toEqual(['ai: One moment.', 'user: Hello?', 'ai: What is your email?']);
    expect(view.status).toBe('waiting');
  });

  it('calls its tools before it ends', () => {
    const { made, view } = play(
      { ...data, tools: [lookUp] },
      calls(done, { name: 'look_up', args: { order: '1' } }),
      response('noted'),
    );
    expect(made.map(({ activity }) => activity)).toEqual(['generate', 'callHttp']);
    expect(view.status).toBe('completed');
  });

  it('asks again where what it has collected does not fit', () => {
    const wrong = {
      ...done,
      fault: 'The arguments do not match the schema: email must be string.',
    };
    const { asked, view } = play(data, calls(wrong));
    expect(asked).toHaveLength(2);
    expect(view.status).toBe('running');
  });
});
