import { createStore, del, get, promisifyRequest, type UseStore } from 'idb-keyval';
import { localDatabase } from '../../storage.js';
import type { EditedFlow } from '../model/record.js';

/** A flow with changes that the server does not have yet, and the revision they were made on. */
export type LocalDraft = { revision: number; flow: EditedFlow };

/** Drafts that this device keeps until the server has them. None of these rejects. */
export type LocalDrafts = {
  read(id: string): Promise<LocalDraft | undefined>;
  /** @returns whether it is kept: some browsers let pages keep nothing */
  write(id: string, draft: LocalDraft): Promise<boolean>;
  forget(id: string): Promise<void>;
};

/** In the browser's database: flows can be larger than what its small storage takes. */
export function browserDrafts(): LocalDrafts {
  let store: UseStore | undefined;
  const open = () => (store ??= createStore(localDatabase.name, localDatabase.store));
  /** What a browser does not keep it cannot give back either. */
  const attempt = <T, U>(work: () => Promise<T>, otherwise: U): Promise<T | U> =>
    Promise.resolve()
      .then(work)
      .catch(() => otherwise);
  const put = (id: string, draft: LocalDraft) =>
    open()('readwrite', (flows) => {
      flows.put(draft, id);
      // A page that is closed now does not live to see the request succeed; commit does not wait.
      flows.transaction.commit();
      return promisifyRequest(flows.transaction);
    });
  return {
    read: (id) => attempt(() => get<LocalDraft>(id, open()), undefined),
    write: (id, draft) => attempt(() => put(id, draft).then(() => true), false),
    forget: (id) => attempt(() => del(id, open()), undefined),
  };
}
