import { compileIssue, functionNames } from '@crmflow/expressions';
import { expect, it } from 'vitest';
import { knownFunctions } from './functions.js';

const macros = [
  'has',
  'cel.bind',
  '.all',
  '.exists',
  '.exists_one',
  '.existsOne',
  '.filter',
  '.map',
];

it('offers exactly what the compiler knows', () => {
  const offered = knownFunctions.map(({ name, isMethod }) => (isMethod ? `.${name}` : name));
  expect(offered.sort()).toEqual([...functionNames(), ...macros].sort());
});

it('writes macros as the compiler takes them', () => {
  expect(compileIssue('has(vars.name) && vars.list.exists(x, x == 1)')).toBeNull();
  expect(compileIssue('cel.bind(n, size(vars.list), n > 1)')).toBeNull();
});
