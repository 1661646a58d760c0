import { expect, it } from 'vitest';
import { type Turn, turnOf } from './conversation-state.js';

type Standing = Parameters<typeof turnOf>[0];

const open: Standing = {
  status: 'open',
  control: 'flow',
  waitingSince: null,
  runStatus: 'running',
};

it.each<[Turn, Partial<Standing>]>([
  ['flow', {}],
  ['customer', { runStatus: 'waiting' }],
  ['team', { runStatus: 'waiting', waitingSince: '2026-01-01T00:00:00Z' }],
  ['person', { control: 'human', runStatus: null }],
  ['ended', { status: 'closed', runStatus: 'completed' }],
  ['ended', { runStatus: 'failed' }],
  ['ended', { runStatus: null }],
])('it is the turn of %s where %j', (turn, fields) => {
  expect(turnOf({ ...open, ...fields })).toBe(turn);
});
