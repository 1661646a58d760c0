import type { Texts } from '../texts.js';
import { common } from './de/common.js';
import { errors, fieldErrors } from './de/errors.js';
import { flows } from './de/flows.js';
import { run } from './de/run.js';
import { session } from './de/session.js';
import { workspace } from './de/workspace.js';

/** Every text of the web app outside of the editor, in German. */
export const de: Texts = {
  ...common,
  ...session,
  ...flows,
  ...run,
  ...workspace,
  errors,
  fieldErrors,
};
