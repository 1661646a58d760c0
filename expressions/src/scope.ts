import type { Json, JsonObject } from '@crmflow/contracts';

/** What expressions see. Only JSON; missing variables are missing keys. */
export type Scope = {
  /** The run's variables. */
  vars: JsonObject;
  /** What the run was started with. */
  input: Json;
  /** Facts about the run: its id, its flow, its version. */
  run: JsonObject;
  /** The newest messages of the transcript, oldest first. */
  messages: Json[];
};

/** The names that expressions may start from. */
export const scopeNames = ['vars', 'input', 'run', 'messages'] as const;
