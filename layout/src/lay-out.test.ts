import { describe, expect, it } from 'vitest';
import { layOut, type LayoutNode } from './lay-out.js';

const card = (id: string, height = 120): LayoutNode => ({ id, width: 240, height });
const wire = (source: string, target: string) => ({ source, target });

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

describe('layOut', () => {
  it('leads from left to right, a branch from top to bottom', () => {
    const nodes = ['start', 'which', 'yes', 'no', 'end'].map((id) => card(id));
    const edges = [
      ...[wire('start', 'which'), wire('which', 'yes'), wire('which', 'no')],
      ...[wire('yes', 'end'), wire('no', 'end')],
    ];
    const laid = layOut(nodes, edges);
    const x = (id: string) => laid.get(id)?.x ?? NaN;
    const y = (id: string) => laid.get(id)?.y ?? NaN;
    expect(x('start')).toBe(80);
    expect([x('which'), x('yes'), x('end')]).toEqual([420, 760, 1100]);
    expect(x('yes')).toBe(x('no'));
    expect(y('yes')).toBeLessThan(y('no'));
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
      expect([x % 20, y % 20]).toEqual([0, 0]);
    }
  });

  it('has nothing to do without nodes, and does the same twice', () => {
    expect(layOut([], [])).toEqual(new Map());
    const nodes = Array.from({ length: 60 }, (_, i) => card(`n${i}`, 100 + (i % 5) * 40));
    const edges = nodes.flatMap((_, i) => [
      wire(`n${i}`, `n${(i * 7 + 1) % 60}`),
      wire(`n${i}`, `n${i + 1}`),
    ]);
    const laid = layOut(nodes, edges);
    expect(overlap(nodes, laid)).toEqual([]);
    expect(layOut(nodes, edges)).toEqual(laid);
  });
});
