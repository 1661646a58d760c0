import type { FlowResource } from '@crmflow/contracts';
import type { ApiError } from '../../api/api-error.js';

type At = {
  /** The revision that the next save is based on. */
  revision: number;
  /** Failed saves in a row. */
  failures: number;
};

/** The server has all of the document, as `revision`. */
export type Saved = At & { kind: 'saved' };
/** The document has changes that will be saved soon. */
export type Dirty = At & { kind: 'dirty' };
/** A save is on its way. `isEdited`: the document has changed since it was sent. */
export type Saving = At & { kind: 'saving'; isEdited: boolean };
/** Not saved; tried again later. `isKept`: this device has the changes meanwhile. */
export type Offline = At & { kind: 'offline'; error: ApiError; isKept: boolean };
/** The server does not take the document as it is; the next change tries again. */
export type Refused = At & { kind: 'refused'; error: ApiError };
/** Somebody else has saved meanwhile: a person must choose. */
export type Conflict = At & { kind: 'conflict'; theirs: FlowResource };

/** How saving stands. */
export type SaveState = Saved | Dirty | Saving | Offline | Refused | Conflict;

/** What happens to it. */
export type SaveEvent =
  | { type: 'edited' }
  | { type: 'sent' }
  /** The server has what was sent, as `revision`. */
  | { type: 'stored'; revision: number }
  | { type: 'failed'; error: ApiError; isKept: boolean }
  | { type: 'overtaken'; theirs: FlowResource }
  /** In a conflict: to save over what the other has saved. */
  | { type: 'keptMine' }
  /** In a conflict: the document has become what the other has saved. */
  | { type: 'tookTheirs' };

/** Failures that only a change of the flow can fix; all others pass. */
const lasting: readonly string[] = ['invalid', 'too_large', 'not_found'];

/** The state after an event. Pure. */
export function reduceSaving(state: SaveState, event: SaveEvent): SaveState {
  const { revision, failures } = state;
  switch (event.type) {
    case 'edited':
      if (state.kind === 'saving') return { ...state, isEdited: true };
      return state.kind === 'conflict' ? state : { kind: 'dirty', revision, failures };
    case 'sent':
      return { kind: 'saving', revision, failures, isEdited: false };
    case 'stored': {
      const isEdited = state.kind === 'saving' ? state.isEdited : state.kind === 'dirty';
      return { kind: isEdited ? 'dirty' : 'saved', revision: event.revision, failures: 0 };
    }
    case 'failed': {
      const { error, isKept } = event;
      if (lasting.includes(error.code)) return { kind: 'refused', revision, failures: 0, error };
      return { kind: 'offline', revision, failures: failures + 1, error, isKept };
    }
    case 'overtaken':
      return { kind: 'conflict', revision, failures: 0, theirs: event.theirs };
    case 'keptMine':
      if (state.kind !== 'conflict') return state;
      return { kind: 'dirty', revision: state.theirs.revision, failures: 0 };
    case 'tookTheirs':
      if (state.kind !== 'conflict') return state;
      return { kind: 'saved', revision: state.theirs.revision, failures: 0 };
  }
}
