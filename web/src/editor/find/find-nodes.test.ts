import type { FlowNodeInput } from '@crmflow/contracts';
import { describe, expect, it } from 'vitest';
import { findNodes } from './find-nodes.js';

const nameOf = ({ type }: FlowNodeInput) => type;
const position = { x: 0, y: 0 };
const nodes: FlowNodeInput[] = [
  { id: 'start', type: 'trigger', label: '', position, data: { kind: 'chat' } },
  {
    ...{ id: 'ask', type: 'speak', label: 'Ask for the town', position },
    data: { mode: 'text', text: 'Hello! In which town do you live, and since when is that so?' },
  },
  { id: 'town', type: 'listen', label: 'Town', position, data: { variable: 'home_town' } },
];
const ids = (query: string) => findNodes(nodes, query, nameOf).map(({ id }) => id);

describe('looking for a node', () => {
  it('finds it by label first, then by kind, then by what it says and holds', () => {
    expect(ids('town')).toEqual(['town', 'ask']);
    expect(ids('TRIG')).toEqual(['start']);
    expect(ids('home_')).toEqual(['town']);
    expect(ids('nothing')).toEqual([]);
  });

  it('shows everything to those who have typed nothing', () => {
    expect(ids(' ')).toEqual(['start', 'ask', 'town']);
  });

  it('shows what was meant', () => {
    expect(findNodes(nodes, 'since when', nameOf)[0]?.excerpt).toBe(
      '…n which town do you live, and since when is that so?',
    );
  });
});
