import { common } from './en/common.js';
import { errors, fieldErrors } from './en/errors.js';
import { flows } from './en/flows.js';
import { run } from './en/run.js';
import { session } from './en/session.js';
import { workspace } from './en/workspace.js';

/** Every text of the web app outside of the editor, in English. */
export const en = { ...common, ...session, ...flows, ...run, ...workspace, errors, fieldErrors };
