import type { JsonObject, Page, Template, FlowResource } from '@crmflow/contracts';
import { beforeAll, describe, expect, it } from 'vitest';
import { converse } from '../support/conversation.js';
import type { GeminiRequest, Reply } from '../support/fake-gemini.js';
import { useInstallation } from '../support/installation.js';

const site = useInstallation();

/** What a visitor says, and at which nodes the run comes by if all goes well, or if nothing does. */
type Visit = { says: string[]; by: string[]; in?: JsonObject };

const visits: Record<string, { well: Visit; ill: Visit }> = {
  'template-lead-qualification': {
    well: {
      says: ['Ada', 'no address', 'ada@example.com', 'A dentist site'],
      by: ['Offer a call', 'Say goodbye'],
    },
    ill: {
      says: ['Ada', 'ada@example.com', 'A shop'],
      by: ['Use a default score', 'Say goodbye, CRM unavailable'],
    },
  },
  'template-support-triage': {
    well: { says: ['It is down', 'yes'], by: ['Answer from knowledge', 'Say goodbye'] },
    ill: { says: ['It is down', 'ada@example.com'], by: ['Treat as urgent', 'Apologize'] },
  },
  'template-appointment': {
    well: {
      says: ['Check-up', '2020-01-31', 'ada@example.com', 'yes'],
      by: ['Confirm', 'Confirm attendance'],
    },
    ill: {
      says: ['pain', 'soon', '2020-01-31', 'ada@example.com', 'yes'],
      by: ['Confirm later', 'Confirm attendance'],
    },
  },
  'template-front-desk': {
    well: {
      says: ['My tooth hurts', 'I am Ada: today at three, ada@example.com'],
      by: ['Talk at the front desk', 'Promise a call', 'Say goodbye'],
    },
    ill: { says: ['ada@example.com'], by: ['Ask for email address', 'Say thank you'] },
  },
  'template-onboarding': {
    well: {
      says: ['team', 'It went well', '5'],
      by: ['Explain invitations', 'Help with the next step', 'Say thank you'],
    },
    ill: {
      says: ['what?', 'why?', 'Badly', '2'],
      by: ['Default to looking around', 'Give a tip', 'Offer a call'],
    },
  },
  'template-feedback-survey': {
    well: {
      says: ['10', 'The speed'],
      by: ['Ask what they like', 'Send to your service', 'Say thank you'],
    },
    ill: {
      says: ['3', 'The price'],
      by: ['Ask what went wrong', 'Use the reason as is', 'Promise a follow-up'],
    },
  },
  'template-order-status': {
    well: {
      says: ['NW-10042', 'yes', '42', 'NW-10043', 'no'],
      by: ['On its way', 'Ask for the next number', 'Say goodbye'],
    },
    ill: { says: ['NW-10042', 'no'], by: ['Apologize', 'Say goodbye'] },
  },
  'template-re-engagement': {
    well: {
      says: ['unsure', 'A dark theme', 'yes'],
      by: ['Make an offer', 'Confirm'],
      in: { name: 'Ada' },
    },
    ill: {
      says: ['unsure', 'A dark theme', 'yes'],
      by: ['Make a standard offer', 'Confirm later'],
    },
  },
  'template-faq': {
    well: {
      says: ['When do you open?', 'Where?', 'Thanks!'],
      by: ['Answer from knowledge', 'Say goodbye'],
    },
    ill: { says: ['When do you open?', 'thank you'], by: ['Apologize', 'Say goodbye'] },
  },
};

const calm = { topic: 'technical', isUrgent: false };

let templates: Template[];

beforeAll(async () => {
  const { body } = await site.client.call<Page<Template>>('GET', '/api/templates');
  // Other users may have published theirs.
  templates = body.items.filter(({ id }) => id.startsWith('template-'));
});

/** Days pass in a second, and services are where the test can answer for them. */
function hurried(flow: FlowResource): object {
  const nodes = flow.nodes.map((node) => {
    if (node.type === 'logic' && node.data.kind === 'wait' && node.data.duration) {
      return { ...node, data: { ...node.data, duration: 'PT1S' } };
    }
    if (node.type !== 'integration' || !('url' in node.data)) return node;
    const url = (node.data.url ?? '').replace(/^https:\/\/[^/]+/, site.echo.url);
    return { ...node, data: { ...node.data, url } };
  });
  return { ...flow, nodes };
}

async function published(templateId: string): Promise<string> {
  const { client } = site;
  const clone = await client.call<FlowResource>('POST', `/api/workflows/${templateId}/clone`);
  expect(clone.status).toBe(201);
  const path = `/api/workflows/${clone.body.id}`;
  expect(await client.call('POST', `${path}/validate`)).toMatchObject({ body: { problems: [] } });
  expect((await client.call('PUT', path, hurried(clone.body))).status).toBe(200);
  // Its tests know the template as it is, with all its days.
  const json = { override: 'Days pass in a second here' };
  expect((await client.call('POST', `${path}/publish`, json)).status).toBe(201);
  return clone.body.id;
}

async function labelsOn(workflowId: string, { says, in: input = {} }: Visit): Promise<string[]> {
  const run = await converse(site.client, { workflowId, input });
  for (const text of says) await run.say(text);
  expect(await run.finished()).toMatchObject({ status: 'completed' });
  const events = await site.client.events(run.runId);
  return events
    .filter(({ type }) => type === 'node.activated')
    .map(({ data }) => (data as { label: string }).label);
}

const visitor = {
  name: 'Ada',
  wish: 'A tooth hurts',
  urgency: 'today',
  contact: 'ada@example.com',
};

/** What a model would do at a front desk. */
function receive({ body }: GeminiRequest): Reply | undefined {
  const said = JSON.stringify(body.contents?.at(-1));
  const calling = (name: string, args: object): Reply => ({
    kind: 'answer',
    text: 'One moment.',
    calls: [{ name, args }],
  });
  if (said.includes('functionResponse')) return undefined;
  if (said.includes('tooth')) return calling('free_times', { day: '2030-01-02' });
  return said.includes('Ada') ? calling('finish_conversation', visitor) : undefined;
}

/** What a model would say of the visitors above; without it the fake makes something up. */
function judge(request: GeminiRequest): Reply | undefined {
  const { body } = request;
  if (body.tools) return receive(request);
  const { properties = {} } = body.generationConfig?.responseSchema ?? {};
  const value = 'score' in properties ? { score: 80, summary: 'Wants a site.' } : calm;
  if (!('score' in properties) && !('isUrgent' in properties)) return undefined;
  return { kind: 'answer', text: JSON.stringify(value) };
}

const refusal: Reply = { kind: 'error', status: 400, message: 'not today' };

describe('the front desk', () => {
  it('looks up free times, and tells the team who it was', async () => {
    site.gemini.behave({ handle: judge });
    site.echo.behave({ answer: () => ({ free: ['15:00'] }) });
    const visit = visits['template-front-desk']?.well as Visit;
    const from = site.echo.requests.length;
    await labelsOn(await published('template-front-desk'), visit);
    expect(site.echo.requests.slice(from)).toMatchObject([
      { method: 'GET', path: '/free', query: { day: '2030-01-02' } },
      { method: 'POST', path: '/requests', body: { visitor } },
    ]);
  });
});

describe('every template', () => {
  it('has a visit here', () => {
    expect(templates.map(({ id }) => id).sort()).toEqual(Object.keys(visits).sort());
  });

  it.each(Object.entries(visits))('%s runs to its end at once', async (id, { well }) => {
    site.gemini.behave({ handle: judge });
    site.echo.behave({
      answer: () => ({ status: 'shipped', tracking: 'https://parcel.example/1' }),
    });
    const labels = await labelsOn(await published(id), well);
    expect(labels).toEqual(expect.arrayContaining(well.by));
    expect(labels.at(-1)).toBe(well.by.at(-1));
  });

  it.each(Object.entries(visits))(
    '%s comes to a good end where neither model nor service answers',
    async (id, { ill }) => {
      site.gemini.behave({ handle: () => refusal });
      site.echo.behave({ handle: () => ({ status: 404 }) });
      const labels = await labelsOn(await published(id), ill);
      expect(labels).toEqual(expect.arrayContaining(ill.by));
      expect(labels.at(-1)).toBe(ill.by.at(-1));
    },
  );
});
