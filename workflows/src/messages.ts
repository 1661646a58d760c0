import type { Callback, Command, MigrationTarget, PausePoints, PersonInput } from './core/state.js';
import type { ProgramRef } from './run-input.js';

/** Name of the workflow type, as Temporal knows it. */
export const runFlowType = 'runFlow';

/** Names of the signals, queries and updates of `runFlow`. */
export const messageSignalName = 'message';
export const callbackSignalName = 'callback';
export const commandSignalName = 'command';
export const personSignalName = 'person';
export const viewQueryName = 'view';
export const foreseenViewQueryName = 'foreseenView';
export const migrateUpdateName = 'migrate';

/** Payload of the `message` signal; `at` is the API's stamp in epoch milliseconds. */
export type MessageSignal = { messageId: string; text: string; at: number };

/** Payload of the `callback` signal: what a call of a node's address has brought, with the API's stamp. */
export type CallbackSignal = Omit<Callback, 'kind'>;

/** Payload of the `command` signal: what who steps through the run wants, with the API's stamp. */
export type CommandSignal = Command | PausePoints;

/** Payload of the `person` signal: what a person of the team does to the run's conversation. */
export type PersonSignal = PersonInput;

/**
 * First argument of the `migrate` update: the version to move to, with the API's stamp. The second
 * is its program; those of earlier releases carry it in the target.
 */
export type MigrateUpdate = { target: Pick<MigrationTarget, 'version'>; at: number };

/** The arguments of the `migrate` update. */
export type MigrateArgs = [MigrateUpdate, ProgramRef];
