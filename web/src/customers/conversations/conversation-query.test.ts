import { describe, expect, it } from 'vitest';
import { addressOf, paramsOf, readConversationQuery } from './conversation-query.js';

const read = (address: string) =>
  readConversationQuery(
    Object.fromEntries(new URL(address, 'http://localhost').searchParams.entries()),
  );

describe('which conversations are listed', () => {
  it.each([
    '/conversations',
    '/conversations?view=closed',
    '/conversations?view=waiting&q=two+words&deploymentId=d&workflowId=w',
  ])('stands in the address: %s', (address) => {
    expect(addressOf(read(address))).toBe(address);
  });

  it('leaves out what it does not know, and what goes without saying', () => {
    expect(paramsOf(read('/conversations?view=asleep&q=+&more=x'))).toEqual({});
  });

  it('of a flow is asked of the API, and is no part of the address', () => {
    const query = { ...read('/conversations?q=x'), workflowId: 'w' };
    expect(paramsOf(query)).toEqual({ q: 'x', workflowId: 'w' });
    expect(addressOf(query, 'w')).toBe('/flows/w/conversations?q=x');
  });
});
