import type { WireEvent } from '@crmflow/contracts';
import type { LiveMessage } from '@crmflow/db';

/** One who follows a run: in production a socket. All three tell without waiting. */
export type Watcher = {
  /** Whether it can take more now; where not, it is passed over until it can. */
  ready(): boolean;
  row(event: WireEvent): void;
  rewound(toSeq: number): void;
  live(message: LiveMessage): void;
};
