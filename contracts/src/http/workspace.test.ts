import { describe, expect, it } from 'vitest';
import { createWorkspaceSchema } from './workspace.js';

describe('the name of a workspace', () => {
  it.each([
    [' Support ', 'Support'],
    ['Sup\u200bport\t team', 'Support team'],
    ['Mu\u0308nchen', 'München'],
  ])('is stored on one line: %j', (name, stored) => {
    expect(createWorkspaceSchema.parse({ name })).toEqual({ name: stored });
  });

  it.each(['', '  ', '\u200b'])('is required: %j', (name) => {
    expect(createWorkspaceSchema.safeParse({ name }).success).toBe(false);
  });
});
