import type { Template } from '@crmflow/contracts';
import { describe, expect, it } from 'vitest';
import { drawingOf, sightOf } from './drawing.js';

const node = (id: string, x: number, y: number) => ({
  ...{ id, type: 'speak' as const, label: id, position: { x, y } },
});
const edge = (source: string, sourceHandle: string, target: string) => ({
  ...{ id: `${source}-${sourceHandle}`, source, sourceHandle, target },
});
const draw = (nodes: Template['nodes'], edges: Template['edges'] = []) =>
  drawingOf({ nodes, edges });

describe('the drawing of a flow', () => {
  it('holds all of its cards, wherever they are', () => {
    const { cards, box } = draw([node('a', -500, -20), node('b', 900, 300)]);
    expect(cards).toHaveLength(2);
    for (const { x, y, height } of cards) {
      expect(x).toBeGreaterThan(box.x);
      expect(y).toBeGreaterThan(box.y);
      expect(x + 232).toBeLessThan(box.x + box.width);
      expect(y + height).toBeLessThan(box.y + box.height);
    }
  });

  it('parts the wires that leave a card by several handles', () => {
    const nodes = [node('a', 0, 0), node('b', 400, 0), node('c', 400, 200)];
    const { cards, wires } = draw(nodes, [edge('a', 'out', 'b'), edge('a', 'timeout', 'c')]);
    expect(cards[0]?.height).toBeGreaterThan(cards[1]?.height ?? 0);
    const starts = wires.map((wire) => wire.slice(0, wire.indexOf('L')));
    expect(new Set(starts).size).toBe(2);
  });

  it('is as high as its steps are apart where it runs down', () => {
    const nodes = [node('a', 0, 0), node('b', 0, 160), node('c', 400, 40)];
    const edges = [edge('a', 'out', 'b'), edge('a', 'error', 'c')];
    const { direction, cards } = draw(
      [...nodes, node('d', 0, 300)],
      [...edges, edge('b', 'out', 'd')],
    );
    expect(direction).toBe('down');
    expect(cards.slice(0, 2).map(({ height }) => height)).toEqual([104, 84]);
  });

  it('is there for an empty flow, and without what leads nowhere', () => {
    expect(draw([]).box.width).toBeGreaterThan(0);
    expect(draw([node('a', 0, 0)], [edge('a', 'out', 'gone')]).wires).toEqual([]);
  });
});

describe('the part for a small picture', () => {
  it('is where most cards are, whole', () => {
    const row = [0, 320, 640, 960].map((x) => node(`r${x}`, x, 0));
    const crowd = [node('a', 2000, -100), node('b', 2000, 100), node('c', 2300, 0)];
    const late = [node('d', 2300, 200), node('e', 2600, 0)];
    const drawing = draw([...row, ...crowd, ...late]);
    const { x, y, width, height } = sightOf(drawing, 2);
    expect(width / height).toBeCloseTo(2);
    for (const card of drawing.cards.filter((one) => one.x >= 2000)) {
      expect(card.x).toBeGreaterThan(x);
      expect(card.x + 232).toBeLessThan(x + width);
      expect(card.y).toBeGreaterThan(y);
      expect(card.y + card.height).toBeLessThan(y + height);
    }
  });

  it('is the beginning where one place is as good as another, and there is one of nothing', () => {
    const row = [0, 320, 640, 960, 1280].map((x) => node(`r${x}`, x, 0));
    expect(sightOf(draw(row), 2).x).toBeLessThan(0);
    expect(sightOf(draw([]), 2).width).toBeGreaterThan(0);
  });
});
