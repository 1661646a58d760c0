import { randomUUID } from 'node:crypto';
import type { ProofChallenge } from '@crmflow/contracts';
import { beforeAll, describe, expect, it } from 'vitest';
import { solve } from '../../../web/src/chat-page/proof.js';
import { deploymentRoutes } from '../deployments/routes.js';
import { ask, newUser } from '../testing/ask.js';
import { greeting } from '../testing/flows.js';
import { useTestApi } from '../testing/test-api.js';
import { chatRoutes } from './routes.js';

const api = useTestApi({
  environment: { CRMFLOW_RATE_LIMITS: 'on' },
  routes: (deps) => [...deploymentRoutes(deps), ...chatRoutes(deps)],
});

let token: string;
beforeAll(async () => {
  ({ token } = await newUser(api));
});

async function deploy(settings: object): Promise<string> {
  const { body: flow } = await ask(api, 'POST /api/workflows', { token, json: greeting });
  await ask(api, `POST /api/workflows/${flow.id}/publish`, { token });
  const json = { kind: 'chat', settings };
  const { body } = await ask(api, `POST /api/workflows/${flow.id}/deployments`, { token, json });
  return `/api/public/chat/${body.slug}`;
}

const arrive = (base: string, proof?: string) =>
  ask(api, `POST ${base}/visitors`, {
    json: {},
    ...(proof !== undefined && { headers: { 'x-proof-of-work': proof } }),
  });
const solutionOf = async ({ body }: Awaited<ReturnType<typeof ask>>) =>
  (await solve(body.challenge as ProofChallenge)) ?? '';

describe('proof of work', () => {
  it('is required anew for each visitor and conversation if it is set to always', async () => {
    const base = await deploy({ proofOfWork: 'always' });
    const asked = await arrive(base);
    expect([asked.status, asked.body.code]).toEqual([403, 'proof_required']);
    expect(asked.body.detail).toMatch(/SHA-256 of `salt` followed by the number/);
    const proof = await solutionOf(asked);
    const answers = await Promise.all([arrive(base, proof), arrive(base, proof)]);
    const taken = answers.find(({ status }) => status === 201);
    const refused = answers.find(({ status }) => status === 403);
    expect(refused?.body.detail).toMatch(/was used already/);
    const json = { requestId: randomUUID() };
    const begin = (headers = {}) =>
      ask(api, `POST ${base}/conversations`, { token: taken?.body.token as string, json, headers });
    const first = await begin();
    expect([first.status, first.body.code]).toEqual([403, 'proof_required']);
    // It is let through: what comes then is about the run.
    const second = await begin({ 'x-proof-of-work': await solutionOf(first) });
    expect(second.body.code).not.toBe('proof_required');
  });

  it('is not accepted by another chat', async () => {
    const here = await deploy({ proofOfWork: 'always' });
    const there = await deploy({ proofOfWork: 'always' });
    const { body } = await arrive(there, await solutionOf(await arrive(here)));
    expect(body.detail).toMatch(/does not solve a challenge of this chat/);
  });

  it('is required during a flood, unless it is off', async () => {
    const flood = async (settings: object) => {
      const base = await deploy(settings);
      const answers = [];
      for (let i = 0; i < 62; i += 1) answers.push(await arrive(base));
      return { base, answers };
    };
    const { base, answers } = await flood({});
    expect(answers.slice(0, 60).every(({ status }) => status === 201)).toBe(true);
    expect(answers.slice(60).map(({ body }) => body.code as string)).toEqual([
      ...['proof_required', 'proof_required'],
    ]);
    expect((await arrive(base, await solutionOf(answers[60]!))).status).toBe(201);
    const { answers: free } = await flood({ proofOfWork: 'off' });
    expect(free.every(({ status }) => status === 201)).toBe(true);
  });
});
