/** The first that the embedder's process is sent. */
export type EmbedderStart = {
  model: string;
  vocabulary: string;
  answers: readonly KnownAnswer[];
  /** More memory than that ends the process. */
  maxMemoryBytes: number;
};

/** A text and the vector that the right model has for it, of length 1. */
export type KnownAnswer = { text: string; vector: readonly number[] };

/** Texts of one request; the answer to it comes before the next is sent. */
export type EmbedderRequest = { texts: readonly string[] };

/** What the embedder's process says: that it is ready, then one answer to each request. */
export type EmbedderLine = { ready: true } | { vectors: Float32Array[] } | { error: string };
