import { expect, it } from 'vitest';
import { readRunPlace, runAddress } from './run-place.js';

it.each([
  ['/runs/r', { view: 'chat', nodeId: undefined }],
  ['/runs/r?view=timeline', { view: 'timeline', nodeId: undefined }],
  ['/runs/r?view=canvas&node=a+b%26c', { view: 'canvas', nodeId: 'a b&c' }],
] as const)('%s says where somebody is', (address, place) => {
  const query = Object.fromEntries(new URL(address, 'http://x').searchParams);
  expect(readRunPlace(query)).toEqual(place);
  expect(runAddress('r', place)).toBe(address);
});

it('takes what it does not know for the chat, which shows no single node', () => {
  expect(readRunPlace({ view: 'else', node: '' })).toEqual({ view: 'chat', nodeId: undefined });
  expect(runAddress('r', { view: 'chat', nodeId: 'a' })).toBe('/runs/r');
});
