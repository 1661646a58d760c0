import type { FlowNodeInput } from '@crmflow/contracts';
import { describe, expect, it } from 'vitest';
import { directionOf, layOutFlow } from './lay-out-flow.js';
import { outletOf } from './card.js';

const node = (id: string, type: string, data: object, x = 0, y = 0) =>
  ({ id, type, label: id, position: { x, y }, data }) as FlowNodeInput;
const edge = (source: string, sourceHandle: string, target: string) => ({
  source,
  sourceHandle,
  target,
});

const text = (id: string) => node(id, 'speak', { mode: 'text', text: 'Hello' });

describe('layOutFlow', () => {
  it('keeps the way of a conversation on one line, from the trigger on', () => {
    const nodes = [
      text('bye'),
      node('which', 'logic', { kind: 'branch', cases: [{ handle: 'yes', when: 'true' }] }),
      node('ask', 'listen', { variable: 'answer' }),
      text('sorry'),
      text('no'),
      node('start', 'trigger', { kind: 'chat' }),
    ];
    const edges = [
      ...[
        edge('start', 'out', 'ask'),
        edge('ask', 'invalid', 'sorry'),
        edge('ask', 'out', 'which'),
      ],
      ...[edge('which', 'else', 'no'), edge('which', 'yes', 'bye')],
    ];
    const places = layOutFlow(nodes, edges);
    const x = (id: string) => places.get(id)?.x ?? NaN;
    const y = (id: string) => places.get(id)?.y ?? NaN;
    expect(y('start')).toBe(80);
    expect(new Set(['start', 'ask', 'which', 'bye'].map(x))).toEqual(new Set([80]));
    expect(x('sorry')).toBeGreaterThan(x('ask'));
    expect(x('no')).toBeGreaterThan(x('bye'));
    expect(y('no')).toBe(y('bye'));
  });

  it('puts what a model calls beside it', () => {
    const tools = [{ kind: 'integration', node: 'look', name: 'look' }];
    const nodes = [
      node('start', 'trigger', { kind: 'chat' }),
      node('talk', 'ai', { prompt: 'Talk', tools }),
      node('look', 'integration', { kind: 'http', method: 'GET', url: 'https://example.com' }),
    ];
    const places = layOutFlow(nodes, [edge('start', 'out', 'talk')]);
    expect(places.get('look')?.y).toBe(places.get('talk')?.y);
    expect(places.get('look')?.x).toBeGreaterThan(places.get('talk')?.x ?? NaN);
  });
});

describe('directionOf', () => {
  const edges = [edge('a', 'out', 'b'), edge('b', 'out', 'c'), edge('b', 'error', 'd')];
  const at = (...places: [number, number][]) =>
    places.map(([x, y], index) => node('abcd'.charAt(index), 'ai', { prompt: '' }, x, y));

  it('is where the first ways out lead', () => {
    expect(directionOf(at([0, 0], [0, 160], [40, 400], [400, 180]), edges)).toBe('down');
    expect(directionOf(at([0, 0], [340, 90], [680, 300], [680, 0]), edges)).toBe('right');
  });

  it('is unknown where nothing says it', () => {
    expect(directionOf([text('a')], [])).toBeUndefined();
    expect(directionOf(at([0, 0], [340, 0], [340, 300], [0, 0]), edges)).toBeUndefined();
  });

  it('fits what was laid out', () => {
    const nodes = at([0, 0], [0, 0], [0, 0], [0, 0]);
    for (const direction of ['down', 'right'] as const) {
      const places = layOutFlow(nodes, edges, direction);
      const placed = nodes.map((one) => ({ ...one, position: places.get(one.id) ?? one.position }));
      expect(directionOf(placed, edges)).toBe(direction);
    }
  });
});

it('leaves a card by a handle of its own each, mains below and exceptions at the side', () => {
  const ask = node('ask', 'listen', { variable: 'answer' });
  const places = ['out', 'timeout', 'invalid'].map((handle) => outletOf(ask, handle, 'down'));
  expect(places.map(({ side }) => side)).toEqual(['bottom', 'right', 'right']);
  expect(new Set(places.map(({ x, y }) => `${x} ${y}`)).size).toBe(3);
});

it('puts a question where one card is, in either direction', () => {
  const nodes = [
    node('start', 'trigger', { kind: 'chat' }),
    text('ask'),
    node('reply', 'listen', { variable: 'answer' }),
    text('thanks'),
    text('sorry'),
  ];
  const edges = [
    ...[edge('start', 'out', 'ask'), edge('ask', 'out', 'reply')],
    ...[edge('reply', 'out', 'thanks'), edge('reply', 'invalid', 'sorry')],
  ];
  for (const direction of ['down', 'right'] as const) {
    const places = layOutFlow(nodes, edges, direction);
    expect([...places.keys()].toSorted()).toEqual(nodes.map(({ id }) => id).toSorted());
    const at = (id: string) => places.get(id) ?? { x: NaN, y: NaN };
    const gap = direction === 'down' ? at('thanks').y - at('ask').y : at('thanks').x - at('ask').x;
    expect(gap).toBeLessThan(direction === 'down' ? 280 : 400);
    const placed = nodes.map((one) => ({ ...one, position: at(one.id) }));
    expect(directionOf(placed, edges)).toBe(direction);
  }
});
