import type { RunSnapshot } from '@crmflow/contracts';
import type { Client } from '../support/client.js';
import { ask, row } from '../support/flows.js';
import { until } from '../support/until.js';

/** A word that is in everything that the owner makes, and may be in no answer to others. */
export const secret = 'Quetzalcoatl';

/** A flow of the owner that asks a question and ends. */
export const ownFlow = (owner: Client) =>
  owner.save(row([ask('question')], { name: `Flow of ${secret}` }));

/** The same with a first version. */
export async function publishedFlow(owner: Client): Promise<string> {
  const id = await ownFlow(owner);
  const { status } = await owner.call('POST', `/api/workflows/${id}/publish`);
  if (status !== 201) throw new Error(`publishing answered ${status}`);
  return id;
}

/** A run of the owner, once it stands where its status is this. */
export async function ownRun(
  owner: Client,
  status: RunSnapshot['status'] = 'waiting',
  body: object = {},
): Promise<string> {
  const id = await publishedFlow(owner);
  const started = await owner.call<{ runId: string }>('POST', `/api/workflows/${id}/runs`, {
    input: { from: secret },
    ...body,
  });
  const { runId } = started.body;
  await until(`run ${runId} to be ${status}`, async () => {
    const snapshot = await owner.snapshot(runId);
    return snapshot.status === status;
  });
  return runId;
}
