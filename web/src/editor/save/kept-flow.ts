import { clear, createStore, del, get, promisifyRequest, type UseStore } from 'idb-keyval';
import type { EditedFlow } from '../model/record.js';

/** A flow with changes that the server does not have yet, and the revision they were made on. */
export type KeptFlow = { revision: number; flow: EditedFlow };

/** What the device keeps of flows until the server has it. None of these rejects. */
export type KeptFlows = {
  read(id: string): Promise<KeptFlow | undefined>;
  /** @returns whether it is kept: some browsers let pages keep nothing */
  write(id: string, kept: KeptFlow): Promise<boolean>;
  forget(id: string): Promise<void>;
  forgetAll(): Promise<void>;
};

/** In the browser's database: flows can be larger than what its small storage takes. */
export function browserKeptFlows(): KeptFlows {
  let store: UseStore | undefined;
  const open = () => (store ??= createStore('crmflow', 'flows'));
  /** What a browser does not keep it cannot give back either. */
  const attempt = <T, U>(work: () => Promise<T>, otherwise: U): Promise<T | U> =>
    Promise.resolve()
      .then(work)
      .catch(() => otherwise);
  const put = (id: string, kept: KeptFlow) =>
    open()('readwrite', (flows) => {
      flows.put(kept, id);
      // A page that goes now does not live to see that it was put, which commits by itself.
      flows.transaction.commit();
      return promisifyRequest(flows.transaction);
    });
  return {
    read: (id) => attempt(() => get<KeptFlow>(id, open()), undefined),
    write: (id, kept) => attempt(() => put(id, kept).then(() => true), false),
    forget: (id) => attempt(() => del(id, open()), undefined),
    forgetAll: () => attempt(() => clear(open()), undefined),
  };
}
