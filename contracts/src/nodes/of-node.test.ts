import { describe, expect, it } from 'vitest';
import {
  type FlowNodeInput,
  flowSchema,
  handlesOf,
  isCall,
  kindIds,
  kindOf,
  needsOf,
  nodeKinds,
  nodeSchema,
  variablesOf,
  waitsFor,
  wireOf,
} from '../index.js';

const node = (type: string, data: object): FlowNodeInput =>
  ({ id: 'n', type, label: '', position: { x: 0, y: 0 }, data }) as FlowNodeInput;

const newNode = (id: (typeof kindIds)[number]) => node(wireOf(id).type, nodeKinds[id].defaults);

describe('the kind of a node', () => {
  it('is found for a new node of each kind, which its schema takes', () => {
    for (const id of kindIds) {
      expect(kindOf(newNode(id))).toBe(id);
      expect(nodeSchema.safeParse(newNode(id)).success).toBe(true);
    }
  });

  it('is http for an integration that does not say, and not the start of a trigger', () => {
    expect(kindOf(node('integration', { url: '' }))).toBe('http');
    expect(nodeSchema.parse(node('integration', {})).data).toMatchObject({ kind: 'http' });
    expect(kindOf(node('trigger', { kind: 'webhook' }))).toBe('trigger');
  });

  it('is open for a logic node until it is chosen, which still leads somewhere', () => {
    expect(kindOf(node('logic', {}))).toBeUndefined();
    expect(handlesOf(node('logic', {}))).toEqual(['out']);
    expect(nodeSchema.safeParse(node('logic', {})).success).toBe(true);
  });

  it.each([
    ['integration', 'fax', 'must be one of http, contact, handoff, respond, flow'],
    ['logic', 'fax', 'must be one of branch, set, wait'],
  ])('is named where a node of type %s has another', (type, kind, message) => {
    const flow = { schemaVersion: 1, name: 'x', edges: [], nodes: [node(type, { kind })] };
    const [issue] = flowSchema.safeParse(flow).error?.issues ?? [];
    expect(issue).toMatchObject({ path: ['nodes', 0, 'data', 'kind'], message });
  });
});

describe('what is known about a node', () => {
  const http = node('integration', { saveAs: 'answer' });
  const converse = { goal: 'a date' };

  it('is whether a visit is one call', () => {
    expect(isCall(http)).toBe(true);
    expect(isCall(node('ai', {}))).toBe(true);
    expect(isCall(node('ai', { converse }))).toBe(false);
    expect(isCall(node('ai', { tools: [{ kind: 'knowledge' }] }))).toBe(false);
    expect(isCall(node('speak', { mode: 'ai' }))).toBe(true);
    expect(isCall(node('speak', { mode: 'text' }))).toBe(false);
    expect(isCall(node('listen', {}))).toBe(false);
  });

  it('is which variables it sets', () => {
    expect(variablesOf(http)).toEqual(['answer']);
    expect(variablesOf(node('listen', { variable: '' }))).toEqual([]);
    const assign = [
      { name: 'a', value: 1 },
      { name: '', value: 2 },
      { name: 'b', value: 3 },
    ];
    expect(variablesOf(node('logic', { kind: 'set', assign }))).toEqual(['a', 'b']);
  });

  it('is what it needs', () => {
    expect(needsOf(http)).toEqual(['service']);
    expect(needsOf(node('speak', { mode: 'ai' }))).toEqual(['model']);
    expect(needsOf(node('speak', {}))).toEqual([]);
    expect(needsOf(node('ai', {}))).toEqual(['model']);
    expect(needsOf(node('ai', { fallback: { kind: 'passage' } }))).toEqual(['model', 'knowledge']);
  });

  it('is what a run waits for at it', () => {
    expect(waitsFor(node('listen', {}))).toBe('reply');
    expect(waitsFor(node('ai', { converse }))).toBe('reply');
    expect(waitsFor(node('logic', { kind: 'wait' }))).toBe('time');
    expect(waitsFor(http)).toBeNull();
  });
});
