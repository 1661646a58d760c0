import type { RunVersion } from '@crmflow/contracts';
import type { RunEvents } from '../run/run-events.js';
import type { KnownRunFlow } from '../run/run-flow.js';
import type { WatchedRun } from '../../chat/watch-run.js';

/** The run that the commands of its page are about. */
export type RecoveredRun = {
  run: WatchedRun;
  log: RunEvents;
  flow: KnownRunFlow;
  flowId: string;
  version: RunVersion;
};

/** What is asked before a command is sent. */
export type RecoveryQuestion = 'cancel' | 'retry' | 'fork' | 'migrate';
