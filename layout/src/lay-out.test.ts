import { describe, expect, it } from 'vitest';
import { layOut, type LayoutEdge, type LayoutNode } from './lay-out.js';
import { spine } from './card.js';

const card = (id: string, height = 120): LayoutNode => ({ id, width: 300, height });
const wire = (source: string, target: string, across = spine): LayoutEdge => ({
  ...{ source, target, across },
});
const aside = (source: string, target: string): LayoutEdge => ({
  ...{ source, target, across: 300, aside: 26 },
});

const overlap = (nodes: LayoutNode[], laid: ReturnType<typeof layOut>) =>
  nodes.flatMap((one, i) =>
    nodes.slice(i + 1).filter((other) => {
      const [a, b] = [laid.get(one.id), laid.get(other.id)];
      if (!a || !b) throw new Error('a card has no place');
      return (
        a.x < b.x + other.width &&
        b.x < a.x + one.width &&
        a.y < b.y + other.height &&
        b.y < a.y + one.height
      );
    }),
  );

/** The coordinates of some cards. */
const at = (laid: ReturnType<typeof layOut>, axis: 'x' | 'y', ...ids: string[]) =>
  ids.map((id) => laid.get(id)?.[axis] ?? NaN);

describe('layOut', () => {
  it('draws a chain straight down, whatever its cards say', () => {
    const nodes = [card('a', 84), card('b', 160), card('c', 104)];
    const laid = layOut(nodes, [wire('a', 'b'), wire('b', 'c')]);
    expect(at(laid, 'x', 'a', 'b', 'c')).toEqual([80, 80, 80]);
    const [a, b, c] = at(laid, 'y', 'a', 'b', 'c') as [number, number, number];
    expect(b - a).toBeGreaterThanOrEqual(84 + 56);
    expect(c - b).toBeGreaterThanOrEqual(160 + 56);
  });

  it('draws a chain straight to the right where one wishes', () => {
    const nodes = [card('a'), card('b'), card('c')];
    const laid = layOut(nodes, [wire('a', 'b'), wire('b', 'c')], 'right');
    expect(at(laid, 'y', 'a', 'b', 'c')).toEqual([80, 80, 80]);
    expect(at(laid, 'x', 'a', 'b', 'c')).toEqual([80, 480, 880]);
  });

  it('leads the first way straight on, the others beside it in their order', () => {
    const nodes = ['which', 'yes', 'perhaps', 'no', 'end'].map((id) => card(id));
    const edges = [
      ...[wire('which', 'yes', 32), wire('which', 'perhaps', 122), wire('which', 'no', 212)],
      ...[wire('yes', 'end'), wire('perhaps', 'end'), wire('no', 'end')],
    ];
    const laid = layOut(nodes, edges);
    expect(at(laid, 'x', 'which', 'yes', 'end')).toEqual([80, 80, 80]);
    const [perhaps, no] = at(laid, 'x', 'perhaps', 'no') as [number, number];
    expect(perhaps).toBeGreaterThan(80 + 300);
    expect(no).toBeGreaterThan(perhaps + 300);
    expect(new Set(at(laid, 'y', 'yes', 'perhaps', 'no')).size).toBe(1);
    expect(overlap(nodes, laid)).toEqual([]);
  });

  it('puts what goes wrong beside the card that it goes wrong at', () => {
    const nodes = ['ask', 'thank', 'sorry', 'end'].map((id) => card(id));
    const edges = [wire('ask', 'thank'), aside('ask', 'sorry'), wire('thank', 'end')];
    const laid = layOut(nodes, edges);
    expect(at(laid, 'x', 'ask', 'thank', 'end')).toEqual([80, 80, 80]);
    const [ask, sorry] = at(laid, 'y', 'ask', 'sorry') as [number, number];
    expect(laid.get('sorry')?.x).toBeGreaterThan(80 + 300);
    expect(sorry - ask).toBeLessThan(120);
    expect(overlap(nodes, laid)).toEqual([]);
  });

  it('keeps nothing beside the end of what is long', () => {
    const nodes = ['which', 'a', 'b', 'c', 'no', 'sorry'].map((id) => card(id));
    const edges = [
      ...[wire('which', 'a'), wire('a', 'b'), wire('b', 'c')],
      ...[wire('which', 'no', 122), aside('b', 'sorry')],
    ];
    const laid = layOut(nodes, edges);
    // Each lies above or below the other, and so both lie as near as they can.
    expect(at(laid, 'x', 'no')).toEqual(at(laid, 'x', 'sorry'));
    expect(overlap(nodes, laid)).toEqual([]);
  });

  it('bears loops, wires to oneself, double wires and wires to nowhere', () => {
    const nodes = [card('a', 300), card('b'), card('alone')];
    const edges = [
      ...[wire('a', 'b'), wire('a', 'b'), wire('b', 'a'), wire('b', 'b')],
      ...[wire('a', 'gone'), wire('gone', 'b')],
    ];
    const laid = layOut(nodes, edges);
    expect([...laid.keys()]).toEqual(['a', 'b', 'alone']);
    expect(overlap(nodes, laid)).toEqual([]);
    for (const { x, y } of laid.values()) {
      expect(x).toBeGreaterThanOrEqual(80);
      expect(y).toBeGreaterThanOrEqual(80);
    }
  });

  it('has nothing to do without nodes, and does the same twice, in both directions', () => {
    expect(layOut([], [])).toEqual(new Map());
    const nodes = Array.from({ length: 60 }, (_, i) => card(`n${i}`, 100 + (i % 5) * 40));
    const edges = nodes.flatMap((_, i) => [
      wire(`n${i}`, `n${(i * 7 + 1) % 60}`),
      wire(`n${i}`, `n${i + 1}`, 122),
      aside(`n${i}`, `n${(i * 11 + 5) % 60}`),
    ]);
    for (const direction of ['down', 'right'] as const) {
      const laid = layOut(nodes, edges, direction);
      expect(overlap(nodes, laid)).toEqual([]);
      expect(layOut(nodes, edges, direction)).toEqual(laid);
    }
  });
});
