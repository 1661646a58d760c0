/** What an embedding is for: models put questions and what answers them into one space. */
export type EmbedTask = 'query' | 'document';

/** What an embedding is asked for, and whose key pays for it. */
export type EmbedOptions = { workspaceId: string; task: EmbedTask; signal?: AbortSignal };

/** The meanings of texts as vectors of one length, and the model that they are of. */
export type Embedded = { model: string; vectors: readonly (readonly number[])[] };

/** Asks a model for the meanings of texts; null where there is no key for one. */
export type Embed = (texts: readonly string[], options: EmbedOptions) => Promise<Embedded | null>;
