import { dataSchemas } from '@crmflow/contracts';
import { describe, expect, it } from 'vitest';
import { readFormerReply } from './former-reply.js';

const read = (data: object, text: string) => readFormerReply(dataSchemas.listen.parse(data), text);

describe('readFormerReply', () => {
  it('keeps any reply as it was typed', () => {
    expect(read({ expect: 'any' }, '  Hi there ')).toBe('  Hi there ');
  });

  it.each([
    ['42', 42],
    [' -3.5 ', -3.5],
    ['1e3', 1000],
    ['.5', 0.5],
    ['0x10', undefined],
    ['12 apples', undefined],
    ['', undefined],
    ['Infinity', undefined],
    ['1e999', undefined],
  ])('reads the number in %j as %j', (text, value) => {
    expect(read({ expect: 'number' }, text)).toBe(value);
  });

  const choices = [
    { value: 'y', label: 'Yes, please' },
    { value: 'n', label: 'No' },
  ];
  it.each([
    ['y', 'y'],
    [' YES, PLEASE ', 'y'],
    ['No', 'n'],
    ['maybe', undefined],
  ])('reads the choice in %j as %j', (text, value) => {
    expect(read({ expect: 'choice', choices }, text)).toBe(value);
  });

  it.each([
    ['ada@example.com', 'ada@example.com'],
    [' ada+crm@mail.example.com ', 'ada+crm@mail.example.com'],
    ['ada@example', undefined],
    ['ada example.com', undefined],
    ['a@b@example.com', undefined],
  ])('reads the address in %j as %j', (text, value) => {
    expect(read({ expect: 'email' }, text)).toBe(value);
  });

  it.each([
    ['2027-01-31', '2027-01-31'],
    ['2027-01-31T09:30:00Z', '2027-01-31T09:30:00Z'],
    ['2028-02-29', '2028-02-29'],
    ['2027-02-29', undefined],
    ['2027-13-01', undefined],
    ['tomorrow', undefined],
  ])('reads the date in %j as %j', (text, value) => {
    expect(read({ expect: 'date' }, text)).toBe(value);
  });

  it('takes a pattern as the whole reply', () => {
    expect(read({ expect: 'pattern', pattern: '[A-Z]{2}\\d+' }, 'AB12')).toBe('AB12');
    expect(read({ expect: 'pattern', pattern: '[A-Z]{2}\\d+' }, 'see AB12')).toBeUndefined();
  });
});
