import type { Embed } from '@crmflow/db';
import { expect, it, vi } from 'vitest';
import { createEmbed } from './create-embed.js';

const options = { workspaceId: 'one', task: 'query' } as const;
const theirs = { model: 'theirs', vectors: [[1]] };
const ours = { model: 'ours', vectors: [[2]] };

const ask = (
  local: Awaited<ReturnType<Embed>> & { isComing?: boolean },
  answer: typeof theirs | null,
) => {
  const embed = vi.fn(() => Promise.resolve(answer));
  const made = createEmbed(
    { embed },
    { embed: () => Promise.resolve(local as typeof ours | { notice: string; isComing: boolean }) },
  );
  return made(['text'], options).then((found) => ({ found, asked: embed.mock.calls.length }));
};

it('asks no provider where the model of this machine answers, or is on its way', async () => {
  expect(await ask(ours, theirs)).toEqual({ found: ours, asked: 0 });
  const coming = { notice: 'Soon.', isComing: true };
  expect(await ask(coming, theirs)).toEqual({ found: coming, asked: 0 });
});

it('asks a provider if there is no local model, and says why if there is neither', async () => {
  const missing = { notice: 'There is none.', isComing: false };
  expect(await ask(missing, theirs)).toEqual({ found: theirs, asked: 1 });
  expect(await ask(missing, null)).toEqual({ found: missing, asked: 1 });
  const none = await createEmbed({ embed: () => Promise.resolve(null) })(['text'], options);
  expect(none).toMatchObject({ notice: expect.stringContaining('No model') as string });
});
