import { limits, type RunContact, unknownContact } from '@crmflow/contracts';
import { describe, expect, it } from 'vitest';
import { edge, node, row, say } from '../../../../tests/support/flows.js';
import { compileRun } from '../../compile-run.js';
import { accept, advance, begin, loadProgram, viewOf } from '../index.js';
import type { CallOutcome, RunState } from '../state.js';

const ada: RunContact = { ...unknownContact, id: 'c1', name: 'Ada', tags: ['new'] };
const words = '{{ contact.name }} <{{ contact.email }}> {{ contact.tags }}';

/** A flow that greets the contact, writes it, and says what is known then. */
const flow = (set: object[]) =>
  row([say('hi', words), node('it', 'integration', { kind: 'contact', set }), say('end', words)], {
    aside: [say('caught', 'Caught {{ run.error.code }} of {{ contact.name }}')],
    edges: [edge('it', 'error', 'caught')],
    variables: [{ name: 'email', default: 'ada@example.com' }],
  });

function start(set: object[], contact?: RunContact) {
  const input = compileRun(
    { schemaVersion: 1, ...flow(set) },
    {
      ...{ runId: 'run-1', workflowId: 'flow-1', version: 'draft', input: {}, startedAt: 0 },
      ...(contact && { contact }),
    },
  );
  const program = loadProgram(input);
  const { state, events } = advance(program, begin(input));
  const said = (all: typeof events) =>
    all.flatMap(({ type, data }) => (type === 'message' ? [data.text] : []));
  const end = (outcome: CallOutcome, from: RunState = state) => {
    const moved = accept(program, from, { kind: 'outcome', at: 1, outcome });
    const last = advance(program, moved.state);
    return {
      state: last.state,
      view: viewOf(program, last.state),
      said: said([...moved.events, ...last.events]),
    };
  };
  return { state, said: said(events), end };
}

const set = [
  { name: 'email', value: '{{ vars.email }}' },
  { name: 'tags', value: 'lead' },
  { name: 'plan', value: '{{ 1 + 1 }}' },
];

describe('a contact node', () => {
  it('asks for its fields to be written, once per visit', () => {
    const { state, said } = start(set, ada);
    expect(said).toEqual(['Ada <> ["new"]']);
    expect(state.position).toMatchObject({
      kind: 'call',
      call: {
        activity: 'updateContact',
        input: {
          ...{ runId: 'run-1', nodeId: 'it', visit: 1, label: 'it', known: ada },
          set: [
            { name: 'email', value: 'ada@example.com' },
            { name: 'tags', value: 'lead' },
            { name: 'plan', value: 2 },
          ],
        },
      },
    });
  });

  it('knows the contact from then on as it was written', () => {
    const contact = { ...ada, email: 'ada@example.com', tags: ['new', 'lead'] };
    // A state survives as JSON, as where a run goes on as a new execution.
    const { state: before, end } = start(set, ada);
    const { said, view, state } = end(
      { ok: true, value: { contact, at: 1 } },
      JSON.parse(JSON.stringify(before)) as RunState,
    );
    expect(said).toEqual(['Ada <ada@example.com> ["new","lead"]']);
    expect(state.contact).toEqual(contact);
    expect(JSON.stringify(view)).not.toContain('Ada');
  });

  it('leaves by error where the values cannot be saved', () => {
    const error = { code: 'contact_invalid', message: 'The contact was not changed.' };
    const { said } = start(set, ada).end({ ok: false, cancelled: false, error });
    expect(said).toEqual(['Caught contact_invalid of Ada']);
  });

  it('sees nobody in a run without a contact', () => {
    const { said, state } = start(set);
    expect(said).toEqual([' <> []']);
    expect(state.position).toMatchObject({ call: { input: { known: unknownContact } } });
  });

  it('sends no more than a call may carry', () => {
    const half = 'x'.repeat(limits.valueBytes / 2);
    const { said } = start([
      { name: 'a', value: half },
      { name: 'b', value: half },
    ]);
    expect(said).toEqual([' <> []', 'Caught value_too_large of ']);
  });
});
