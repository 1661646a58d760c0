/** What an embedding is for: models put questions and what answers them into one space. */
export type EmbedTask = 'query' | 'document';

/** What an embedding is asked for, and whose key pays for it. */
export type EmbedOptions = { workspaceId: string; task: EmbedTask; signal?: AbortSignal };

/** The meanings of texts as vectors of one length, and the model that they are of. */
export type Embedded = { model: string; vectors: readonly (readonly number[])[] };

/** Why there are no meanings, in words for whoever searches. */
export type NoMeanings = { notice: string };

/** What is said where there is no model at all. */
export const noModelNotice =
  'No model finds passages by meaning here, so they are found by words only. Switch on the local one (CRMFLOW_EMBEDDER), or store a key for "gemini".';

/** Asks a model for the meanings of texts. */
export type Embed = (
  texts: readonly string[],
  options: EmbedOptions,
) => Promise<Embedded | NoMeanings>;
