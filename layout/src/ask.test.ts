import { describe, expect, it } from 'vitest';
import { askPairs } from './ask.js';

const node = (id: string, type: 'speak' | 'listen' | 'ai' | 'logic') => ({ id, type }) as const;
const edge = (source: string, target: string) => ({ source, target });
const pairs = (...args: Parameters<typeof askPairs>) => [...askPairs(...args).replyOf];

const ask = [node('ask', 'speak'), node('reply', 'listen')];

describe('askPairs', () => {
  it('finds a message that leads to the listen node for its reply', () => {
    const nodes = [...ask, node('more', 'speak'), node('name', 'listen')];
    const edges = [edge('ask', 'reply'), edge('reply', 'more'), edge('more', 'name')];
    const found = askPairs(nodes, edges);
    expect([...found.replyOf]).toEqual([
      ['ask', 'reply'],
      ['more', 'name'],
    ]);
    expect([...found.askOf]).toEqual([
      ['reply', 'ask'],
      ['name', 'more'],
    ]);
  });

  it('is still a question where it is asked again, and where several ways lead to it', () => {
    const nodes = [...ask, node('which', 'logic')];
    const edges = [edge('which', 'ask'), edge('ask', 'reply'), edge('reply', 'ask')];
    expect(pairs(nodes, edges)).toEqual([['ask', 'reply']]);
  });

  it('is none where something else leads to the listen node', () => {
    const nodes = [...ask, node('sorry', 'speak')];
    expect(pairs(nodes, [edge('ask', 'reply'), edge('sorry', 'reply')])).toEqual([]);
    expect(pairs(ask, [edge('ask', 'reply'), edge('reply', 'reply')])).toEqual([]);
    expect(pairs(ask, [edge('ask', 'reply'), edge('gone', 'reply')])).toEqual([]);
  });

  it('is none between other nodes, or with two edges', () => {
    const nodes = [node('ask', 'ai'), node('reply', 'listen')];
    expect(pairs(nodes, [edge('ask', 'reply')])).toEqual([]);
    expect(pairs(ask, [edge('ask', 'reply'), edge('ask', 'reply')])).toEqual([]);
    expect(pairs(ask, [edge('ask', 'gone')])).toEqual([]);
    expect(pairs(ask, [edge('reply', 'ask')])).toEqual([]);
  });
});
