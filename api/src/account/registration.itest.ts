import { describe, expect, it } from 'vitest';
import { ask } from '../testing/ask.js';
import { startTestApi } from '../testing/test-api.js';

async function withRegistration(
  CRMFLOW_REGISTRATION: string,
  run: (register: (email: string) => ReturnType<typeof ask>) => Promise<void>,
) {
  const api = await startTestApi({ environment: { CRMFLOW_REGISTRATION } });
  const register = (email: string) =>
    ask(api, 'POST /api/auth/register', { json: { email, password: 'correct horse' } });
  try {
    await run(register);
  } finally {
    await api.stop();
  }
}

describe('CRMFLOW_REGISTRATION', () => {
  it('invite: whoever sets the installation up comes in, and then 403', () =>
    withRegistration('invite', async (register) => {
      const answers = await Promise.all(['a', 'b', 'c'].map((one) => register(`${one}@x.example`)));
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 403, 403]);
      // The same to whom has an account as to whom has none.
      for (const one of ['a', 'b', 'c', 'd']) {
        const { status, body } = await register(`${one}@x.example`);
        expect([status, body.code]).toEqual([403, 'invitation_required']);
      }
    }));

  it('closed: 403 to everyone, also to an address that has no account', () =>
    withRegistration('closed', async (register) => {
      const { status, body } = await register('a@x.example');
      expect([status, body.code]).toEqual([403, 'registration_closed']);
    }));
});
