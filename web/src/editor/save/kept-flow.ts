import { createStore, del, get, set } from 'idb-keyval';
import type { EditedFlow } from '../model/record.js';

/** A flow with changes that the server does not have yet, and the revision they were made on. */
export type KeptFlow = { revision: number; flow: EditedFlow };

/** What the device keeps of flows until the server has it. */
export type KeptFlows = {
  read(id: string): Promise<KeptFlow | undefined>;
  write(id: string, kept: KeptFlow): Promise<void>;
  forget(id: string): Promise<void>;
};

/** In the browser's database: flows can be larger than what its small storage takes. */
export function browserKeptFlows(): KeptFlows {
  const store = createStore('crmflow', 'flows');
  return {
    read: (id) => get<KeptFlow>(id, store),
    write: (id, kept) => set(id, kept, store),
    forget: (id) => del(id, store),
  };
}
