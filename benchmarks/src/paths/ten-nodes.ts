import type { Draft } from '../../../tests/support/flows.js';
import { edge, node, row, say } from '../../../tests/support/flows.js';

const set = (id: string, value: string) =>
  node(id, 'logic', { kind: 'set', assign: [{ name: 'mood', value }] });

/** Ten nodes that wait for nothing: a trigger, six speak nodes and three of logic. */
export function tenNodes(): Draft {
  const branch = node('which', 'logic', {
    kind: 'branch',
    cases: [{ handle: 'yes', when: 'size(vars.mood) > 2 && input.name != ""' }],
  });
  const before = [
    say('a', 'Hello {{ input.name }}!'),
    set('glad', 'glad'),
    say('b', 'You seem {{ vars.mood }} today.'),
    say('c', 'Let us see.'),
    set('curious', 'curious'),
    branch,
  ];
  const after = [
    say('d', 'Now you seem {{ vars.mood }}.'),
    say('e', 'It was nice to meet you.'),
    say('f', 'Bye, {{ input.name }}.'),
  ];
  return row(before, {
    name: 'Ten nodes',
    aside: after,
    edges: [edge('which', 'yes', 'd'), edge('d', 'out', 'e'), edge('e', 'out', 'f')],
  });
}
