import { type EmbedContentRequest, GoogleGenerativeAI, TaskType } from '@google/generative-ai';
import type { Embedded, EmbedTask } from '@crmflow/db';
import { AiError } from './ai-error.js';

const embeddingModel = 'gemini-embedding-001';
/** The model's vectors may be cut; these are a quarter as large and find as well. */
const dimensions = 768;
/** The most that Gemini takes at once. */
const batchSize = 100;

const taskTypes = {
  query: TaskType.RETRIEVAL_QUERY,
  document: TaskType.RETRIEVAL_DOCUMENT,
} as const satisfies Record<EmbedTask, TaskType>;

function toRequest(text: string, task: EmbedTask): EmbedContentRequest {
  const cut = { outputDimensionality: dimensions };
  const content = { role: 'user', parts: [{ text }] };
  // The client's types do not know the cut; it sends what it is given.
  return { content, taskType: taskTypes[task], ...cut };
}

/** Asks Gemini for the meanings of texts; throws what its client throws. */
export async function embedByGemini(
  texts: readonly string[],
  task: EmbedTask,
  { key, baseUrl, signal }: { key: string; baseUrl: string; signal: AbortSignal },
): Promise<Embedded> {
  const model = new GoogleGenerativeAI(key).getGenerativeModel(
    { model: embeddingModel },
    { baseUrl },
  );
  const vectors: number[][] = [];
  for (let from = 0; from < texts.length; from += batchSize) {
    const requests = texts.slice(from, from + batchSize).map((text) => toRequest(text, task));
    const { embeddings } = await model.batchEmbedContents({ requests }, { signal });
    vectors.push(...embeddings.map(({ values }) => values));
  }
  if (vectors.length !== texts.length) {
    throw new AiError('ai_interrupted', 'Gemini returned fewer vectors than it was given texts.');
  }
  return { model: embeddingModel, vectors };
}
