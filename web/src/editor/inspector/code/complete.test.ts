import { compileIssue, templateIssues } from '@crmflow/expressions';
import { describe, expect, it } from 'vitest';
import type { Sample, SourceMode } from '../../check/messages.js';
import { complete } from './complete.js';

const variables = [
  { name: 'name', from: 'Ask' },
  { name: 'order', from: 'Order' },
];
const sample: Sample = {
  vars: { name: 'Ada', order: { id: 7, items: [{ sku: 'x' }] } },
  input: { plan: 'pro' },
  run: {},
  messages: [],
};

/** Completes where the `|` stands. */
function at(marked: string, mode: SourceMode = 'expression', isAsked = false) {
  const caret = marked.indexOf('|');
  return complete(marked.replace('|', ''), caret, mode, { variables, sample }, isAsked);
}
const labels = (...args: Parameters<typeof at>) =>
  at(...args)?.suggestions.map(({ label }) => label) ?? [];
/** The text once the first suggestion was taken. */
function taken(marked: string, mode: SourceMode = 'expression', isAsked = false) {
  const found = at(marked, mode, isAsked);
  const text = marked.replace('|', '');
  if (!found) return text;
  return text.slice(0, found.from) + found.suggestions[0]?.insert + text.slice(found.to);
}

describe('completion', () => {
  it('offers variables after vars., and by their own name', () => {
    expect(labels('vars.|')).toEqual(['name', 'order']);
    expect(labels('vars.na|')).toEqual(['name']);
    expect(labels('na|')[0]).toBe('vars.name');
    expect(taken('size(vars.o|) > 1')).toBe('size(vars.order) > 1');
  });

  it('offers the contact and its fields', () => {
    expect(taken('conta|')).toBe('contact.');
    expect(labels('contact.|')).toEqual([
      ...['id', 'name', 'email', 'phone', 'locale', 'timezone', 'tags', 'attributes'],
    ]);
  });

  it('offers functions at a beginning, and methods after a value', () => {
    expect(labels('ha|')[0]).toBe('has');
    expect(labels('vars.name.con|')).toEqual(['contains']);
    expect(labels('vars.name.lower().st|')).toContain('startsWith');
  });

  it('knows from a test run what is in a value', () => {
    expect(labels('vars.order.|').slice(0, 2)).toEqual(['id', 'items']);
    expect(labels('vars.order.items[0].|')[0]).toBe('sku');
    expect(labels('input.|')).toEqual(['plan']);
  });

  it('offers variables between words by { and by /, where a word begins', () => {
    expect(labels('Hi {|', 'template')).toEqual(['vars.name', 'vars.order']);
    expect(taken('Hi {na|!', 'template')).toBe('Hi {{ vars.name }}!');
    expect(taken('/ord|', 'template')).toBe('{{ vars.order }}');
    expect(at('and/or|', 'template')).toBeUndefined();
    expect(at('https://|', 'template')).toBeUndefined();
  });

  it('works within braces only, and closes them', () => {
    expect(at('vars.|', 'template')).toBeUndefined();
    expect(taken('Hello {{ na|', 'template')).toBe('Hello {{ vars.name }}');
    expect(taken('Hello {{ na| }}!', 'template')).toBe('Hello {{ vars.name }}!');
    expect(taken('Hello |', 'template', true)).toBe('Hello {{ vars.name }}');
  });

  it('stays away from texts, from what is whole, and from nothing that was not asked for', () => {
    expect(at('vars.name == "na|')).toBeUndefined();
    expect(at('vars.name|')).toBeUndefined();
    expect(at('|')).toBeUndefined();
    expect(labels('|', 'expression', true).length).toBeGreaterThan(5);
  });

  it('writes what compiles', () => {
    for (const name of labels('|', 'expression', true)) {
      if (!name.startsWith('vars.')) continue;
      expect(compileIssue(name)).toBeNull();
      expect(templateIssues(`{{ ${name} }}`)).toEqual([]);
    }
  });
});
