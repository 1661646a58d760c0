import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import { afterEach, describe, expect, it } from 'vitest';
import { ask, edge, flowOf, node, row, say } from '../support/flows.js';
import { useInstallation } from '../support/installation.js';
import { until } from '../support/until.js';
import { deployChat, type Page, shortly, visit } from '../support/visitor.js';

const installation = useInstallation();
const pages: Page[] = [];

afterEach(() => {
  for (const page of pages.splice(0)) page.close();
});

const keep = (page: Page) => {
  pages.push(page);
  return page;
};

const saw = (page: Page, ...last: string[]) =>
  until(`${last.join(', ')}`, () => {
    const story = shortly(page.told).slice(-last.length);
    return JSON.stringify(story) === JSON.stringify(last);
  });

const lead = () =>
  row([
    say('hello', 'Hello!'),
    ask('name'),
    node('think', 'ai', { prompt: 'Greet {{ vars.name }}', output: 'both', saveAs: 'words' }),
    ask('size', {
      ...{ expect: 'choice' },
      choices: [
        { value: 's', label: 'Small' },
        { value: 'l', label: 'Large' },
      ],
    }),
    say('bye', 'Bye, {{ vars.name }}.'),
  ]);

const secret = 'a-secret-of-the-site-that-is-long-enough';

const sign = (claims: object, by = secret, seconds = 600) =>
  new SignJWT({ ...claims })
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime(Math.floor(Date.now() / 1000) + seconds)
    .sign(new TextEncoder().encode(by));

describe('a chat', () => {
  it('goes from the first word to the end, the same on every page', async () => {
    const { client, system } = installation;
    const chat = await deployChat(client, lead());
    const shown = await fetch(`${system.url}/api/public/chat/${chat.slug}`);
    expect(await shown.json()).toMatchObject({ title: 'Shop', isOpen: true, greets: true });
    const visitor = await visit(system.url, chat.slug);
    expect(visitor.verified).toBe(false);
    const id = await visitor.begin();
    const page = keep(visitor.open(id));
    await saw(page, 'flow: Hello!', 'waiting any');
    const contacts = () => client.call<{ items: { name: string }[] }>('GET', '/api/contacts');
    await visitor.say(id, 'Ada');
    await saw(page, 'visitor: Ada', 'flow: Answer to Greet Ada', 'waiting choice');
    const answer = page.told.find(
      (event) => event.type === 'message' && /^Answer/.test(event.text),
    );
    const chunks = page.live.filter(({ event }) => event === 'chunk').map(({ data }) => data);
    expect(chunks.map(({ text }) => text).join('')).toBe('Answer to Greet Ada');
    expect(new Set(chunks.map(({ id: of }) => of))).toEqual(
      new Set([answer && 'id' in answer && answer.id]),
    );
    await visitor.say(id, 'Large');
    await saw(page, 'visitor: Large', 'flow: Bye, Ada.', 'finished');
    const late = keep(visitor.open(id, 3));
    await until('the rest', () => late.told.length === page.told.length - 3);
    expect(late.told).toEqual(page.told.slice(3));
    const { body } = await visitor.call<{ items: unknown[] }>('GET', `/conversations/${id}/events`);
    expect(body.items).toEqual(page.told);
    expect([page.faults, late.faults]).toEqual([[], []]);
    if ((await contacts()).status === 200) {
      expect((await contacts()).body.items).toMatchObject([{ name: 'Ada' }]);
    }
  });

  it('stops asking the model once its daily budget is used up, and says so once', async () => {
    const { client, system } = installation;
    const flow = row(
      [
        ask('first'),
        node('think', 'ai', { prompt: 'Answer {{ vars.first }}' }),
        ask('second'),
        node('more', 'speak', { mode: 'ai', text: 'Thanks for {{ vars.second }}' }),
        ask('third'),
        node('last', 'ai', { prompt: 'Say more' }),
        say('end', 'Bye.'),
      ],
      { aside: [say('wrong', 'Sorry.')], edges: [edge('last', 'error', 'wrong')] },
    );
    const settings = { limits: { modelTokensPerDay: 1_000 }, fallbackText: 'Back tomorrow.' };
    const chat = await deployChat(client, flow, settings);
    const visitor = await visit(system.url, chat.slug);
    const id = await visitor.begin();
    const page = keep(visitor.open(id));
    await saw(page, 'waiting any');
    // A long prompt uses up what there is.
    const long = 'tea '.repeat(950).trim();
    await visitor.say(id, long);
    await saw(page, `flow: Answer to Answer ${long}`, 'waiting any');
    const used = async () => {
      const path = `/api/deployments/${chat.id}`;
      return (await client.call<{ modelTokensToday: number }>('GET', path)).body.modelTokensToday;
    };
    const before = await used();
    expect(before).toBeGreaterThan(1_000);
    await visitor.say(id, 'milk');
    await saw(page, 'visitor: milk', 'flow: Back tomorrow.', 'waiting any');
    await visitor.say(id, 'sugar');
    await saw(page, 'visitor: sugar', 'flow: Sorry.', 'finished');
    expect(await used()).toBe(before);
    const { currentRunId } = (
      await client.call<{ currentRunId: string }>('GET', `/api/conversations/${id}`)
    ).body;
    const { body } = await client.call<{ items: { type: string; data: { code?: string } }[] }>(
      'GET',
      `/api/runs/${currentRunId}/events?limit=200`,
    );
    const codes = body.items.flatMap(({ type, data }) => (type === 'node.failed' ? data.code : []));
    expect(codes).toEqual(['ai_deployment_budget_exceeded']);
  });

  it('tells nothing but what is said', async () => {
    const { client, system } = installation;
    const chat = await deployChat(client, lead());
    const visitor = await visit(system.url, chat.slug);
    const id = await visitor.begin({ input: { campaign: 'autumn-secret' } });
    const page = keep(visitor.open(id));
    await saw(page, 'waiting any');
    await visitor.say(id, 'Ada');
    await saw(page, 'waiting choice');
    const allowed = {
      message: ['at', 'id', 'role', 'seq', 'text', 'type'],
      waiting: ['at', 'choices', 'expect', 'seq', 'type'],
    };
    for (const event of page.told) {
      const keys = Object.keys(event).sort();
      expect(allowed[event.type as 'message']).toEqual(expect.arrayContaining(keys));
    }
    const all = page.heard.join('\n');
    for (const word of ['think', 'hello', 'vars', 'words', 'Greet {{', 'autumn-secret', 'run-']) {
      expect(all).not.toContain(word);
    }
  });

  it('counts a message once, and starts again after the end', async () => {
    const { client, system } = installation;
    const chat = await deployChat(client, row([ask('it'), say('a', 'You said {{ vars.it }}.')]));
    const visitor = await visit(system.url, chat.slug);
    const requestId = randomUUID();
    const [one, two] = await Promise.all([
      visitor.begin({ requestId }),
      visitor.begin({ requestId }),
    ]);
    expect(one).toBe(two);
    const page = keep(visitor.open(one));
    const send = (messageId: string, text: string) =>
      visitor.call('POST', `/conversations/${one}/messages`, { messageId, text });
    expect((await send('m-1', 'yes')).body).toEqual({ accepted: true, duplicate: false });
    expect((await send('m-1', 'yes')).body).toEqual({ accepted: true, duplicate: true });
    await saw(page, 'flow: You said yes.', 'finished');
    expect((await send('m-1', 'yes')).body).toEqual({ accepted: true, duplicate: true });
    expect((await send('m-2', 'no')).body).toEqual({ accepted: true, duplicate: false });
    await saw(page, 'flow: You said no.', 'finished');
    expect((await send('m-1', 'yes')).body).toEqual({ accepted: true, duplicate: true });
    expect(shortly(page.told)).toEqual([
      ...['waiting any', 'visitor: yes', 'flow: You said yes.', 'finished'],
      ...['waiting any', 'visitor: no', 'flow: You said no.', 'finished'],
    ]);
    expect(page.faults).toEqual([]);
  });

  it('takes messages in quick succession as one reply, and tells each of them', async () => {
    const { client, system } = installation;
    const flow = row([
      ask('name'),
      say('hi', 'Hello {{ vars.name }}!'),
      ask('size', {
        ...{ expect: 'choice' },
        choices: [
          { value: 's', label: 'Small' },
          { value: 'l', label: 'Large' },
        ],
      }),
      say('bye', 'Bye.'),
    ]);
    // Nobody waits so long for a choice.
    const burst = { quiet: 'PT5S', max: 'PT1M' };
    const chat = await deployChat(client, flow, { burst });
    const visitor = await visit(system.url, chat.slug);
    const id = await visitor.begin();
    const page = keep(visitor.open(id));
    await saw(page, 'waiting any');
    for (const text of ['Well,', 'I am', 'Ada']) await visitor.say(id, text);
    await saw(page, 'flow: Hello Well,\nI am\nAda!', 'waiting choice');
    const clickedAt = Date.now();
    await visitor.say(id, 'Large');
    await saw(page, 'flow: Bye.', 'finished');
    expect(Date.now() - clickedAt).toBeLessThan(5_000);
    expect(shortly(page.told)).toEqual([
      ...['waiting any', 'visitor: Well,', 'visitor: I am', 'visitor: Ada'],
      ...['flow: Hello Well,\nI am\nAda!', 'waiting choice'],
      ...['visitor: Large', 'flow: Bye.', 'finished'],
    ]);
    expect(page.faults).toEqual([]);
  });

  it('keeps visitors apart, and the team out of the tokens', async () => {
    const { client, system } = installation;
    const chat = await deployChat(client, lead());
    const other = await deployChat(client, lead());
    const ada = await visit(system.url, chat.slug);
    const ben = await visit(system.url, chat.slug);
    const away = await visit(system.url, other.slug);
    const id = await ada.begin();
    for (const stranger of [ben, away]) {
      for (const [method, path, body] of [
        ['GET', `/conversations/${id}/events`],
        ['POST', `/conversations/${id}/messages`, { messageId: 'm', text: 'x' }],
        ['POST', `/conversations/${id}/rating`, { score: 1 }],
      ] as const) {
        expect((await stranger.call(method, path, body)).status).toBe(404);
      }
    }
    const foreign = await fetch(`${system.url}/api/public/chat/${other.slug}/conversations`, {
      headers: { authorization: `Bearer ${ada.token}` },
    });
    expect(foreign.status).toBe(401);
    const runs = await fetch(`${system.url}/api/runs`, {
      headers: { authorization: `Bearer ${ada.token}` },
    });
    expect(runs.status).toBe(401);
  });

  it('knows whom its site has signed in, on every device', async () => {
    const { client, system } = installation;
    const flow = flowOf(
      [say('hi', 'Hello {{ has(input.visitor) ? input.visitor.name : "stranger" }}!'), ask('it')],
      [edge('start', 'out', 'hi'), edge('hi', 'out', 'it')],
    );
    const chat = await deployChat(client, flow, { secrets: [secret] });
    const refused = async (identity: string) => {
      const answer = await fetch(`${system.url}/api/public/chat/${chat.slug}/visitors`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ identity }),
      });
      return [answer.status, ((await answer.json()) as { code: string }).code];
    };
    const wrong = [403, 'identity_invalid'];
    expect(await refused(await sign({ sub: 'u1' }, secret.replace('a', 'b')))).toEqual(wrong);
    expect(await refused(await sign({ sub: 'u1' }, secret, -120))).toEqual(wrong);
    expect(await refused(await sign({ sub: 'u1' }, secret, 7_200))).toEqual(wrong);
    expect(await refused('e30.e30.')).toEqual(wrong);

    const anonymous = await visit(system.url, chat.slug);
    const first = await anonymous.begin();
    await anonymous.say(first, 'me');
    const identity = await sign({ sub: 'u1', name: 'Ada', email: 'ada@example.com' });
    const phone = await visit(system.url, chat.slug, { identity, token: anonymous.token });
    expect(phone.verified).toBe(true);
    const laptop = await visit(system.url, chat.slug, { identity });
    expect(laptop.visitorId).toBe(phone.visitorId);
    const list = await laptop.call<{ items: { id: string }[] }>('GET', '/conversations');
    expect(list.body.items.map(({ id }) => id)).toEqual([first]);
    expect((await anonymous.call('GET', '/conversations')).status).toBe(401);
    const second = await laptop.begin({ input: { visitor: { name: 'Mallory' } } });
    const page = keep(phone.open(second));
    await saw(page, 'flow: Hello Ada!', 'waiting any');
    const other = await visit(system.url, chat.slug, { identity: await sign({ sub: 'u2' }) });
    const theirs = await other.call<{ items: unknown[] }>('GET', '/conversations');
    expect(theirs.body.items).toEqual([]);
  });

  it('greets a contact, and writes what it learns of them', async () => {
    const { client, system } = installation;
    const flow = row([
      say('hi', 'Hello {{ contact.name }}, {{ contact.attributes.size() }} facts.'),
      node('first', 'integration', {
        kind: 'contact',
        set: [{ name: 'source', value: 'shop' }],
      }),
      ask('email'),
      node('learn', 'integration', {
        kind: 'contact',
        set: [
          { name: 'email', value: '{{ vars.email }}' },
          { name: 'tags', value: 'lead' },
        ],
      }),
      say('bye', 'Bye, {{ contact.email }} {{ contact.tags }}.'),
    ]);
    const draft = {
      ...flow,
      nodes: [...flow.nodes, say('no', '{{ run.error.message }}')],
      edges: [...flow.edges, edge('learn', 'error', 'no'), edge('no', 'out', 'email')],
    };
    const chat = await deployChat(client, draft, { secrets: [secret] });
    const identity = await sign({ sub: 'contact-1', name: 'Grace' });
    const visitor = await visit(system.url, chat.slug, { identity });
    const id = await visitor.begin();
    const page = keep(visitor.open(id));
    await saw(page, 'flow: Hello Grace, 0 facts.', 'waiting any');
    await visitor.say(id, 'nobody');
    const refusal =
      'The contact was not changed: email must be an email address, such as ada@example.com.';
    await saw(page, 'visitor: nobody', `flow: ${refusal}`, 'waiting any');
    await visitor.say(id, 'Grace@Example.com');
    await saw(page, 'flow: Bye, grace@example.com ["lead"].', 'finished');
    const { body } = await client.call<{ items: object[] }>('GET', '/api/contacts?q=Grace');
    expect(body.items).toMatchObject([
      {
        ...{ name: 'Grace', email: 'grace@example.com', tags: ['lead'] },
        attributes: { source: 'shop' },
      },
    ]);
    const again = keep(visitor.open(await visitor.begin()));
    await saw(again, 'flow: Hello Grace, 1 facts.', 'waiting any');
  });

  it('is paused without ending anything', async () => {
    const { client, system } = installation;
    const chat = await deployChat(client, lead());
    const visitor = await visit(system.url, chat.slug);
    const id = await visitor.begin();
    const page = keep(visitor.open(id));
    await saw(page, 'waiting any');
    await client.call('PATCH', `/api/deployments/${chat.id}`, { enabled: false });
    const refused = await visitor.call('POST', '/conversations', { requestId: 'again' });
    expect([refused.status, refused.body['code']]).toEqual([409, 'deployment_paused']);
    await visitor.say(id, 'Ada');
    await saw(page, 'waiting choice');
    await client.call('DELETE', `/api/deployments/${chat.id}`);
    await visitor.say(id, 'Small');
    await saw(page, 'finished');
  });

  it('is for its own pages and the sites that it lists', async () => {
    const { client, system } = installation;
    const chat = await deployChat(client, lead(), { domains: ['shop.example', '*.shop.example'] });
    const from = async (origin: string, method = 'GET') => {
      const { status, headers } = await fetch(`${system.url}/api/public/chat/${chat.slug}`, {
        method,
        headers: { origin },
      });
      return [status, headers.get('access-control-allow-origin')];
    };
    expect(await from(system.url)).toEqual([200, null]);
    expect(await from('https://shop.example')).toEqual([200, 'https://shop.example']);
    expect(await from('https://www.shop.example', 'OPTIONS')).toEqual([
      204,
      'https://www.shop.example',
    ]);
    expect(await from('https://evilshop.example')).toEqual([403, null]);
    expect(await from('null')).toEqual([403, null]);
  });

  it('gives visitors their data, and deletes it', async () => {
    const { client, system } = installation;
    const chat = await deployChat(client, lead());
    const visitor = await visit(system.url, chat.slug);
    const id = await visitor.begin();
    await visitor.say(id, 'Ada');
    expect((await visitor.call('POST', `/conversations/${id}/rating`, { score: 4 })).status).toBe(
      204,
    );
    const page = keep(visitor.open(id));
    await saw(page, 'waiting choice');
    const { body } = await visitor.call('GET', '/me');
    expect(body).toMatchObject({
      visitorId: visitor.visitorId,
      contact: { name: 'Ada' },
      conversations: [{ id, rating: { score: 4 }, events: page.told }],
    });
    expect((await visitor.call('DELETE', '/me')).status).toBe(204);
    expect((await visitor.call('GET', '/me')).status).toBe(401);
    const runs = await client.call<{ items: { workflowId: string }[] }>(
      'GET',
      `/api/runs?workflowId=${chat.workflowId}`,
    );
    expect(runs.body.items).toEqual([]);
  });
});
