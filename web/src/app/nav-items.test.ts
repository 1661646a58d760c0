import { describe, expect, it } from 'vitest';
import { currentOf } from './nav-items.js';

describe('the mark of a link', () => {
  it('is for the page itself and for those below it', () => {
    expect(currentOf({ href: '/runs' }, '/runs')).toBe('page');
    expect(currentOf({ href: '/runs' }, '/runs/42')).toBe('true');
    expect(currentOf({ href: '/runs' }, '/runsome')).toBeUndefined();
  });

  it('is not for every page because the dashboard is at the root', () => {
    const flows = { href: '/', within: '/flows/' };
    expect(currentOf(flows, '/')).toBe('page');
    expect(currentOf(flows, '/flows/42')).toBe('true');
    expect(currentOf(flows, '/runs')).toBeUndefined();
  });
});
