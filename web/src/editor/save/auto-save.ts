import type { FlowResource } from '@crmflow/contracts';
import { backoffMs } from '@crmflow/contracts/backoff';
import { batch, effect, type ReadonlySignal, signal } from '@preact/signals';
import { ApiError } from '../../api/api-error.js';
import { asApiError } from '../../api/as-api-error.js';
import { texts } from '../editor-texts.js';
import { editedPart } from '../model/edited-part.js';
import { readFlow } from '../model/flow-document.js';
import type { EditedFlow } from '../model/record.js';
import type { DocumentReader } from '../model/store.js';
import { isSame } from './differences.js';
import type { LocalDrafts } from './local-drafts.js';
import {
  type Conflict,
  type Offline,
  reduceSaving,
  type Refused,
  type SaveEvent,
  type SaveState,
} from './save-state.js';

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
  /** Makes the document what somebody else has saved. */
  adopt: (theirs: EditedFlow) => void;
  drafts: LocalDrafts;
};

/** What became of a save: the revision that has all changes, or why they are not saved. */
export type SaveOutcome = { kind: 'saved'; revision: number } | Offline | Refused | Conflict;

/** Saves a document in the background. */
export type AutoSave = {
  state: ReadonlySignal<SaveState>;
  /** Saves now what is not saved yet. Never rejects. */
  flush(): Promise<SaveOutcome>;
  /**
   * Saves, and does what needs the saved flow, such as publishing it.
   * @param work gets the revision that has all changes; where it fails with `stale_revision`, the
   *   conflict is shown, or it is done again if the newer revision has the same content
   * @throws ApiError why it was not saved, or what `work` throws
   */
  whenSaved<T>(work: (revision: number) => Promise<T>): Promise<T>;
  /** Keeps on the device what is not saved yet. @returns whether it is kept */
  keep(): Promise<boolean>;
  /** In a conflict: saves over what the other has saved. */
  keepMine(): Promise<void>;
  /** In a conflict: goes on from theirs, which the caller has put into the document. */
  tookTheirs(): void;
  /**
   * Somebody has saved a revision, maybe this tab. Where all changes of this tab are saved, it goes on
   * from theirs; else the next save finds the conflict.
   * @returns whether the document became another one
   */
  follow(revision: number): Promise<boolean>;
  dispose(): void;
};

const pauseMs = 1_000;
const retry = { firstMs: 2_000, maxMs: 30_000 };
/** How often `whenSaved` may find that a newer revision was stored meanwhile. */
const mostAttempts = 3;

const isStale = (error: ApiError) => error.code === 'stale_revision';

/** Why something that needs the saved flow was not done. */
function whyUnsaved(outcome: Exclude<SaveOutcome, { kind: 'saved' }>): ApiError {
  if (outcome.kind === 'conflict') return new ApiError('stale_revision', texts.save.chooseFirst);
  const { code, message, errors } = outcome.error;
  return new ApiError(code, texts.save.unsaved(message), errors);
}

/**
 * Saves a second after the last change. What the server does not have yet is on the device
 * meanwhile, so that neither a crash of the page nor one of the server loses it.
 */
export function createAutoSave(deps: AutoSaveDeps): AutoSave {
  const { id, document, put, read, drafts } = deps;
  const state = signal<SaveState>({
    kind: deps.isChanged ? 'dirty' : 'saved',
    revision: deps.revision,
    failures: 0,
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  let underWay: Promise<SaveOutcome> | undefined;

  const apply = (event: SaveEvent) => (state.value = reduceSaving(state.peek(), event));
  const plan = (ms: number) => {
    clearTimeout(timer);
    timer = setTimeout(() => void flush(), ms);
  };
  const keep = async () => {
    const { kind, revision } = state.peek();
    return kind !== 'saved' && drafts.write(id, { revision, flow: readFlow(document) });
  };

  /** Compares with what somebody else has saved; it may be this page, whose answer was lost. */
  const compare = async (sent: EditedFlow) => {
    const theirs = await read(id);
    if (isSame(sent, editedPart(theirs))) apply({ type: 'stored', revision: theirs.revision });
    else apply({ type: 'overtaken', theirs });
  };

  const send = async (flow: EditedFlow) => {
    const { revision } = state.peek();
    try {
      apply({ type: 'stored', revision: (await put(id, { ...flow, revision })).revision });
    } catch (thrown) {
      if (!isStale(asApiError(thrown))) throw thrown;
      await compare(flow);
    }
  };

  const save = async (): Promise<SaveOutcome> => {
    const flow = readFlow(document);
    apply({ type: 'sent' });
    const isKept = await drafts.write(id, { revision: state.peek().revision, flow });
    try {
      await send(flow);
    } catch (thrown) {
      apply({ type: 'failed', error: asApiError(thrown), isKept });
    }
    const now = state.peek();
    switch (now.kind) {
      case 'offline':
        plan(backoffMs(now.failures, retry, Math.random()));
        return now;
      case 'refused':
      case 'conflict':
        return now;
      case 'saved':
        await drafts.forget(id);
        break;
      case 'dirty':
      case 'saving':
        // What was edited meanwhile is for the next save.
        plan(pauseMs);
        await keep();
    }
    return { kind: 'saved', revision: now.revision };
  };

  const flush = async (): Promise<SaveOutcome> => {
    clearTimeout(timer);
    while (underWay) {
      await keep();
      await underWay;
    }
    const now = state.peek();
    if (now.kind === 'saved') return now;
    if (now.kind === 'conflict') {
      await keep();
      return now;
    }
    underWay = save().finally(() => (underWay = undefined));
    return underWay;
  };

  const onOnline = () => void flush();
  let seen = deps.isChanged ? -1 : document.version.peek();
  const watch = effect(() => {
    if (document.version.value === seen) return;
    seen = document.version.value;
    apply({ type: 'edited' });
    plan(pauseMs);
  });
  globalThis.addEventListener?.('online', onOnline);

  return {
    state,
    flush,
    async whenSaved(work) {
      for (let attempt = 1; ; attempt += 1) {
        const outcome = await flush();
        if (outcome.kind !== 'saved') throw whyUnsaved(outcome);
        try {
          return await work(outcome.revision);
        } catch (thrown) {
          const error = asApiError(thrown);
          if (!isStale(error) || attempt === mostAttempts) throw thrown;
          // This page may have saved again meanwhile; then only `work` is repeated.
          await underWay;
          if (error.currentRevision !== state.peek().revision) await compare(readFlow(document));
        }
      }
    },
    keep,
    async keepMine() {
      if (state.peek().kind !== 'conflict') return;
      apply({ type: 'keptMine' });
      await flush();
    },
    tookTheirs() {
      clearTimeout(timer);
      apply({ type: 'tookTheirs' });
      void drafts.forget(id);
    },
    async follow(revision) {
      // The answer to a save of this tab tells which revision that was.
      while (underWay) await underWay;
      const before = state.peek();
      if (before.kind !== 'saved' || revision <= before.revision) return false;
      const theirs = await read(id);
      if (state.peek() !== before || theirs.revision <= before.revision) return false;
      const flow = editedPart(theirs);
      const isOther = !isSame(readFlow(document), flow);
      // At once: whoever watches must not take what the other has saved for an edit of this tab.
      batch(() => {
        if (isOther) deps.adopt(flow);
        seen = document.version.peek();
        apply({ type: 'stored', revision: theirs.revision });
      });
      return isOther;
    },
    dispose() {
      watch();
      clearTimeout(timer);
      globalThis.removeEventListener?.('online', onOnline);
    },
  };
}
