import { setTimeout as sleep } from 'node:timers/promises';
import type { Embedded, EmbedOptions, NoMeanings } from '@crmflow/db';
import { createEmbedder, type Embedder } from './run-embedder.js';
import { getWeights, type Weights, type WeightsDeps, type WeightsSource } from './weights.js';
import type { KnownAnswer } from './protocol.js';

/** After a failure it is tried again, but not by everybody who asks. */
const againMs = 10 * 60_000;
/** A model that was got before is there as soon; one that is being got is not waited for. */
const patienceMs = 3_000;
const unheld = { ref: false };
const comingNotice =
  'The model that finds passages by meaning is being prepared. Until it is ready, they are found by words only.';

/** What a local model needs; `onFailure` is told in one line why there is none, once. */
export type LocalModelDeps = WeightsDeps & {
  source: WeightsSource;
  answers: readonly KnownAnswer[];
  onFailure: (message: string) => void;
};

/** The model of this machine. */
export type LocalModel = {
  /** Answers by why it cannot where it is missing; `isComing`: it is on its way. */
  embed(
    texts: readonly string[],
    options: Pick<EmbedOptions, 'task' | 'signal'>,
  ): Promise<Embedded | (NoMeanings & { isComing: boolean })>;
  /** Its name, once it can be asked; begins to get it where it is not there. */
  name(): Promise<string>;
  close(): void;
};

type Ready = { weights: Weights; embedder: Embedder };

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/**
 * Makes the model that this machine embeds texts by. It is got when it is first asked for, in the
 * background: until then it says so instead of an answer, and nobody waits.
 */
export function createLocalModel(deps: LocalModelDeps): LocalModel {
  let ready: Ready | undefined;
  let getting: Promise<Ready> | undefined;
  let failure: { message: string; at: number } | undefined;

  async function get(): Promise<Ready> {
    const weights = await getWeights(deps.source, deps);
    const embedder = createEmbedder(weights, deps.answers);
    // The first text also shows that it is the right model, and that this system can run it.
    await embedder.embed([''], 'query');
    return { weights, embedder };
  }

  function begin(): Promise<Ready> {
    if (ready) return Promise.resolve(ready);
    if (failure && Date.now() - failure.at < againMs) {
      return Promise.reject(new Error(failure.message));
    }
    getting ??= get()
      .then((made) => (ready = made))
      .catch((error: unknown) => {
        const message = messageOf(error);
        if (failure?.message !== message) deps.onFailure(message);
        failure = { message, at: Date.now() };
        throw error;
      })
      .finally(() => (getting = undefined));
    return getting;
  }

  return {
    async embed(texts, { task, signal }) {
      const begun = begin().catch(() => undefined);
      const made = ready ?? (await Promise.race([begun, sleep(patienceMs, undefined, unheld)]));
      if (!made) {
        return failure
          ? { notice: `Passages are found by words only: ${failure.message}`, isComing: false }
          : { notice: comingNotice, isComing: true };
      }
      const vectors = await made.embedder.embed(texts, task, signal);
      return { model: made.weights.name, vectors: vectors.map((vector) => [...vector]) };
    },
    name: async () => (await begin()).weights.name,
    close: () => ready?.embedder.close(),
  };
}
