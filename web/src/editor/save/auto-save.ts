import type { FieldError, FlowResource } from '@crmflow/contracts';
import { effect, signal, type ReadonlySignal } from '@preact/signals';
import { asApiError } from '../../api/as-api-error.js';
import type { ApiError } from '../../api/api-error.js';
import { editedPart } from '../model/edited-part.js';
import { readFlow } from '../model/flow-document.js';
import type { EditedFlow } from '../model/record.js';
import type { DocumentReader } from '../model/store.js';
import { isSame } from './differences.js';
import type { KeptFlows } from './kept-flow.js';

/** How saving is going, told as it is. */
export type SaveStatus =
  | { kind: 'saved' }
  | { kind: 'changed' }
  | { kind: 'saving' }
  /** Not saved, and tried again by itself; kept on the device meanwhile where that can be. */
  | { kind: 'offline'; message: string; isKept: boolean }
  /** Somebody else has saved meanwhile: a person must choose. */
  | { kind: 'stale'; theirs: FlowResource }
  /** The server does not take it as it is; the next change tries again. */
  | { kind: 'refused'; message: string; errors: readonly FieldError[] };

/** What saving needs. */
export type AutoSaveDeps = {
  id: string;
  document: DocumentReader;
  /** The revision that the document was opened at. */
  revision: number;
  /** Whether the document already has changes that the server has not. */
  isChanged: boolean;
  put: (id: string, flow: EditedFlow & { revision: number }) => Promise<FlowResource>;
  read: (id: string) => Promise<FlowResource>;
  kept: KeptFlows;
};

/** Saving as it goes. */
export type AutoSave = {
  status: ReadonlySignal<SaveStatus>;
  /** Saves now what is not saved yet. Never rejects: the status tells. */
  flush(): Promise<void>;
  /** Has the device keep now what is not saved yet, as far as it keeps anything. */
  keep(): Promise<boolean>;
  /** After `stale`: saves over what the other has saved. */
  keepMine(): Promise<void>;
  /** After `stale`: goes on from theirs, which the caller has put into the document. */
  tookTheirs(revision: number): void;
  dispose(): void;
};

const pauseMs = 1_000;
const retryMs = { first: 2_000, most: 30_000 };

/** Failures that only a change of the flow can mend; all others pass. */
const lasting: readonly string[] = ['invalid', 'too_large', 'not_found'];
const isPassing = ({ code }: ApiError) => !lasting.includes(code);

/**
 * Saves a second after the last change. What the server does not have yet is on the device
 * meanwhile, so that neither a crash of the page nor one of the server loses it.
 */
export function createAutoSave(deps: AutoSaveDeps): AutoSave {
  const { id, document, put, read, kept } = deps;
  const status = signal<SaveStatus>({ kind: deps.isChanged ? 'changed' : 'saved' });
  let revision = deps.revision;
  let savedVersion = deps.isChanged ? -1 : document.version.peek();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let underWay: Promise<void> | undefined;
  let retryIn = retryMs.first;

  const plan = (ms: number) => {
    clearTimeout(timer);
    timer = setTimeout(() => void flush(), ms);
  };
  const hasChanges = () => document.version.peek() !== savedVersion;

  const keep = async () => hasChanges() && kept.write(id, { revision, flow: readFlow(document) });

  const fail = async (error: ApiError, sent: EditedFlow, isKept: boolean) => {
    if (error.code === 'stale_revision') {
      const theirs = await read(id);
      // The server may have taken it and not lived to say so.
      if (isSame(sent, editedPart(theirs))) return theirs.revision;
      status.value = { kind: 'stale', theirs };
    } else if (isPassing(error)) {
      status.value = { kind: 'offline', message: error.message, isKept };
      plan(retryIn);
      retryIn = Math.min(retryIn * 2, retryMs.most);
    } else {
      status.value = { kind: 'refused', message: error.message, errors: error.errors };
    }
    return undefined;
  };

  /** @returns the revision that the server has it as; undefined where it has not taken it */
  const send = (flow: EditedFlow, isKept: boolean): Promise<number | undefined> =>
    put(id, { ...flow, revision }).then(
      (answer) => answer.revision,
      (thrown: unknown) =>
        fail(asApiError(thrown), flow, isKept).catch((again: unknown) =>
          fail(asApiError(again), flow, isKept),
        ),
    );

  const save = async () => {
    const version = document.version.peek();
    const flow = readFlow(document);
    status.value = { kind: 'saving' };
    const isKept = await kept.write(id, { revision, flow });
    const taken = await send(flow, isKept);
    if (taken === undefined) return;
    revision = taken;
    retryIn = retryMs.first;
    savedVersion = version;
    if (hasChanges()) {
      status.value = { kind: 'changed' };
      plan(pauseMs);
      await keep();
    } else {
      status.value = { kind: 'saved' };
      await kept.forget(id);
    }
  };

  const flush = async (): Promise<void> => {
    clearTimeout(timer);
    if (underWay) {
      await keep();
      await underWay;
    }
    if (!hasChanges()) return;
    if (status.peek().kind === 'stale') {
      await keep();
      return;
    }
    underWay = save().finally(() => (underWay = undefined));
    await underWay;
  };

  const onOnline = () => void flush();
  const watch = effect(() => {
    if (document.version.value === savedVersion) return;
    const { kind } = status.peek();
    if (kind !== 'saving' && kind !== 'stale') status.value = { kind: 'changed' };
    plan(pauseMs);
  });
  globalThis.addEventListener?.('online', onOnline);

  return {
    status,
    flush,
    keep,
    async keepMine() {
      const { value } = status;
      if (value.kind !== 'stale') return;
      ({ revision } = value.theirs);
      savedVersion = -1;
      status.value = { kind: 'changed' };
      await flush();
    },
    tookTheirs(theirRevision) {
      revision = theirRevision;
      savedVersion = document.version.peek();
      clearTimeout(timer);
      status.value = { kind: 'saved' };
      void kept.forget(id);
    },
    dispose() {
      watch();
      clearTimeout(timer);
      globalThis.removeEventListener?.('online', onOnline);
    },
  };
}
