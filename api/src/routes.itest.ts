import { expect, it } from 'vitest';
import { createRoutes } from './routes.js';
import { ask, newUser } from './testing/ask.js';
import { newChat } from './testing/conversations.js';
import { useTestApi } from './testing/test-api.js';

const api = useTestApi({ routes: createRoutes });

it('nobody gets past the door, but to the addresses that are for anyone', async () => {
  const { user } = await newUser(api);
  const chat = await newChat(api.deps.pool, user.id);
  await api.deps.pool.query(`UPDATE "Deployment" SET slug = 'x' WHERE id = $1`, [chat]);
  const forAnyone: string[] = [];
  for (const { method, path } of createRoutes(api.deps)) {
    const what = `${method.toUpperCase()} ${path.replaceAll(/:\w+/g, 'x')}`;
    const { status, body } = await ask(api, what);
    if (status === 401) expect([what, body.code]).toEqual([what, 'unauthenticated']);
    else forAnyone.push(what);
  }
  expect(forAnyone).toEqual([
    'GET /health',
    'GET /ready',
    'GET /metrics',
    'POST /api/auth/register',
    'POST /api/auth/login',
    'POST /api/auth/password-reset',
    'POST /api/auth/password-reset/confirm',
    'GET /api/public/chat/x',
    'POST /api/public/chat/x/visitors',
    'POST /hooks/x',
    'GET /hooks/results/x',
    'POST /hooks/waits/x',
    'GET /hooks/waits/x',
    'GET /api/openapi.json',
  ]);
});
