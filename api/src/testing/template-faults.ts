import { type Flow, type FlowInput, flowSchema, handlesOf } from '@crmflow/contracts';

/** What finds a fault: the tests of the template, the explorer, or nothing of ours. */
export type Finder = 'tests' | 'explorer';

/**
 * A fault as an author could make it. A `field` of a node reads otherwise than before, by JSON; an `edge`
 * (`node.handle`) leads elsewhere, or nowhere; two edges are swapped.
 */
export type Fault = { in: string; what: string; by: readonly Finder[] } & (
  | { node: string; from: string; to: string }
  | { edge: string; to: string | null }
  | { swap: readonly [string, string] }
);

const both = ['tests', 'explorer'] as const;
const tests = ['tests'] as const;

/** Planted one by one, with what finds each. */
export const faults: readonly Fault[] = [
  {
    ...{ in: 'lead-qualification', what: 'a score of 50 is no longer enough', by: tests },
    node: 'promising',
    from: '>= 50',
    to: '> 50',
  },
  {
    ...{ in: 'lead-qualification', what: 'promising leads and others are swapped', by: tests },
    swap: ['promising.promising', 'promising.else'],
  },
  {
    ...{ in: 'lead-qualification', what: 'nobody is told if the model is down', by: both },
    edge: 'qualify.error',
    to: null,
  },
  {
    ...{
      in: 'lead-qualification',
      what: 'the CRM gets the name in place of the address',
      by: tests,
    },
    node: 'crm',
    from: '{{ vars.email }}',
    to: '{{ vars.name }}',
  },
  {
    ...{ in: 'lead-qualification', what: 'the reminder comes after the time limit', by: both },
    node: 'name',
    from: 'PT1H',
    to: 'P2D',
  },
  {
    ...{ in: 'support-triage', what: 'the urgent are taken for the calm', by: tests },
    node: 'urgent',
    from: 'vars.ticket.isUrgent',
    to: '!vars.ticket.isUrgent',
  },
  {
    ...{ in: 'support-triage', what: 'yes has a capital letter', by: both },
    node: 'helped',
    from: 'yes',
    to: 'Yes',
  },
  {
    ...{ in: 'support-triage', what: 'silence is given two hours in place of two days', by: both },
    node: 'solved',
    from: 'P2D',
    to: 'PT2H',
  },
  {
    ...{ in: 'support-triage', what: 'a typo in the name of a variable', by: both },
    node: 'handed-over',
    from: 'vars.email',
    to: 'vars.emial',
  },
  {
    ...{ in: 'support-triage', what: 'the address is awaited for an hour only', by: tests },
    node: 'email',
    from: 'P1D',
    to: 'PT1H',
  },
  {
    ...{ in: 'support-triage', what: 'a failing model says goodbye', by: tests },
    edge: 'answer.error',
    to: 'done',
  },
  {
    ...{ in: 'appointment', what: 'success and failure of the booking are swapped', by: tests },
    swap: ['book.out', 'book.error'],
  },
  {
    ...{ in: 'appointment', what: 'silence frees the slot', by: tests },
    edge: 'coming.timeout',
    to: 'cancel',
  },
  {
    ...{ in: 'appointment', what: 'the reminder comes in the night', by: tests },
    node: 'until-eve',
    from: '15h',
    to: '1h',
  },
  {
    ...{ in: 'appointment', what: 'a typo in a choice', by: tests },
    node: 'service',
    from: '"value":"pain"',
    to: '"value":"pian"',
  },
  {
    ...{ in: 'appointment', what: 'the date is not asked for a second time', by: both },
    node: 'day',
    from: '"retries":2',
    to: '"retries":0',
  },
  {
    ...{ in: 'front-desk', what: 'the model says today, the flow waits for now', by: both },
    node: 'urgent',
    from: '== \\"today\\"',
    to: '== \\"now\\"',
  },
  {
    ...{ in: 'front-desk', what: 'nothing is said if the team is not told', by: both },
    edge: 'tell.error',
    to: null,
  },
  {
    ...{ in: 'front-desk', what: 'the calendar is asked for no day', by: tests },
    node: 'calendar',
    from: '{{ vars.day }}',
    to: '',
  },
  {
    ...{ in: 'onboarding', what: 'the case of those with a team is missing', by: both },
    node: 'first-step',
    from: ',{"handle":"team","when":"vars.goal == \\"team\\""}',
    to: '',
  },
  {
    ...{ in: 'onboarding', what: 'a four is not good any more', by: tests },
    node: 'happy',
    from: '>= 4',
    to: '> 4',
  },
  {
    ...{ in: 'onboarding', what: 'the fourth day is the first', by: tests },
    node: 'four-days',
    from: 'P4D',
    to: 'P1D',
  },
  {
    ...{ in: 'feedback-survey', what: 'passives are taken for promoters', by: both },
    node: 'kind',
    from: '>= 9',
    to: '>= 7',
  },
  {
    ...{ in: 'feedback-survey', what: 'a seven is unhappy', by: tests },
    node: 'unhappy',
    from: '< 7',
    to: '<= 7',
  },
  {
    ...{ in: 'feedback-survey', what: 'the model does not get the reason', by: tests },
    node: 'sum-up',
    from: ': {{ vars.reason }}',
    to: '.',
  },
  {
    ...{ in: 'order-status', what: 'a typo in a status', by: tests },
    node: 'status',
    from: '.status == \\"delivered\\"',
    to: '.status == \\"deliverd\\"',
  },
  {
    ...{ in: 'order-status', what: 'the request gives up after one second', by: [] },
    node: 'look-up',
    from: 'PT10S',
    to: 'PT1S',
  },
  {
    ...{ in: 're-engagement', what: 'a no is answered with a question', by: both },
    edge: 'what-now.no',
    to: 'ask-missing',
  },
  {
    ...{ in: 're-engagement', what: 'the month of quiet is four days', by: tests },
    node: 'later',
    from: 'P4W',
    to: 'P4D',
  },
  {
    ...{ in: 'faq', what: 'the end of the first answer is the end', by: tests },
    edge: 'answer.out',
    to: 'bye',
  },
];

function replaceIn(flow: FlowInput, id: string, from: string, to: string): FlowInput {
  const nodes = flow.nodes.map((node) => {
    if (node.id !== id) return node;
    const parts = JSON.stringify(node).split(from);
    if (parts.length !== 2) throw new Error(`“${from}” is not once in ${id}`);
    return JSON.parse(parts.join(to)) as typeof node;
  });
  // A case that is gone takes its way with it.
  const changed = nodes.find((node) => node.id === id);
  const handles = new Set(changed && handlesOf(changed));
  const edges = flow.edges.filter(
    ({ source, sourceHandle }) => source !== id || handles.has(sourceHandle),
  );
  return { ...flow, nodes, edges };
}

function lead(flow: FlowInput, targets: ReadonlyMap<string, string | null>): FlowInput {
  const edges = flow.edges.flatMap((edge) => {
    const target = targets.get(`${edge.source}.${edge.sourceHandle}`);
    if (target === null) return [];
    return [target === undefined ? edge : { ...edge, target }];
  });
  return { ...flow, edges };
}

/** A flow with a fault in it. @throws Error where the fault does not fit the flow */
export function plant(flow: FlowInput, fault: Fault): Flow {
  const targetOf = (name: string): string => {
    const edge = flow.edges.find((one) => `${one.source}.${one.sourceHandle}` === name);
    if (!edge) throw new Error(`Edge ${name} not found`);
    return edge.target;
  };
  if ('node' in fault) {
    if (!flow.nodes.some(({ id }) => id === fault.node)) throw new Error(`No node ${fault.node}`);
    return flowSchema.parse(replaceIn(flow, fault.node, fault.from, fault.to));
  }
  if ('edge' in fault) {
    targetOf(fault.edge);
    return flowSchema.parse(lead(flow, new Map([[fault.edge, fault.to]])));
  }
  const [one, other] = fault.swap;
  return flowSchema.parse(
    lead(
      flow,
      new Map([
        [one, targetOf(other)],
        [other, targetOf(one)],
      ]),
    ),
  );
}
