import type { Json, JsonObject, RunContact } from '@crmflow/contracts';
import type { CallbackUrl, Meter } from './cel/budget.js';
import type { RunLocale } from './locale/locale.js';

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
  /** The contact of the conversation; nobody is known where it is not said. */
  contact?: RunContact;
  /** Counts the work of all that is evaluated with it; expressions do not see it. */
  meter?: Meter;
  /** How numbers and dates are written; English and UTC where it is not said. */
  locale?: RunLocale;
  /** What `callbackUrl()` gives; without it that fails. */
  callbackUrl?: CallbackUrl;
};
