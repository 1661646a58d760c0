import type { SecretFound } from '@crmflow/db';
import { describe, expect, it } from 'vitest';
import { opened } from '../secrets/opened.js';
import { createGeminiKey, type GeminiKeyDeps } from './gemini-key.js';
import type { FoundKey } from './model-key.js';

const never = new AbortController().signal;
const google = ['generativelanguage.googleapis.com'];

function find(found: SecretFound, more: Partial<GeminiKeyDeps> = {}): Promise<FoundKey> {
  const keyOf = createGeminiKey({ open: async () => opened(found, 'gemini'), ...more });
  return keyOf({ runId: 'run' }, never);
}

describe('the key of a run', () => {
  it("is its owner's, whether the installation has one or not", async () => {
    const own = { secret: 'own', hosts: google };
    expect(await find(own)).toEqual({ key: 'own', isShared: false });
    expect(await find(own, { shared: 'shared' })).toEqual({ key: 'own', isShared: false });
  });

  it("is the installation's where the owner has none", async () => {
    expect(await find('missing', { shared: 'shared' })).toEqual({ key: 'shared', isShared: true });
  });

  it.each([undefined, ''])('is missed where there is neither (%j)', async (shared) => {
    const deps = shared === undefined ? {} : { shared };
    await expect(find('missing', deps)).rejects.toMatchObject({
      code: 'ai_key_missing',
      retryable: false,
    });
  });

  it('goes to where Gemini is only if its owner let it', async () => {
    const proxy = { baseUrl: 'http://127.0.0.1:8080/gemini', shared: 'shared' };
    const own = { secret: 'own', hosts: google };
    await expect(find(own, proxy)).rejects.toMatchObject({ code: 'key_host_refused' });
    expect(await find({ secret: 'own', hosts: ['127.0.0.1:8080'] }, proxy)).toEqual({
      key: 'own',
      isShared: false,
    });
  });

  it('is not passed over where it cannot be opened', async () => {
    const found = find('sealed', { shared: 'shared' });
    await expect(found).rejects.toMatchObject({ code: 'key_unreadable' });
  });
});
