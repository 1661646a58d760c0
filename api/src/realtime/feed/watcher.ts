import type { LiveEvents, RunEvent } from '@crmflow/contracts';

/** A live event on its way: best effort, without a number. */
export type LiveMessage = {
  [K in keyof LiveEvents]: { event: K; data: LiveEvents[K] };
}[keyof LiveEvents];

/** One who follows a run: in production a socket. All three tell without waiting. */
export type Watcher = {
  /** Whether it can take more now; where not, it is passed over until it can. */
  ready(): boolean;
  row(event: RunEvent): void;
  rewound(toSeq: number): void;
  live(message: LiveMessage): void;
};
