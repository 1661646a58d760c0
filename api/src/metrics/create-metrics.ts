import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** Seconds: from a read by id to a call that was nearly given up. */
const buckets = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Without its figure rather than with an old one: what cannot be had must not look well. */
async function fill(gauge: { reset(): void }, read: () => Promise<void>): Promise<void> {
  gauge.reset();
  await read().catch(() => gauge.reset());
}

/** What an API process counts of itself. Labels take few values, and never anybody's data. */
export type Metrics = ReturnType<typeof createMetrics>;

/** Metrics of one process, with nothing counted yet. */
export function createMetrics() {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const reconciled = new Counter({
    name: 'crmflow_reconciled_total',
    help: 'Runs corrected by the reconciler of this process',
    labelNames: ['finding'] as const,
    registers,
  });
  // From zero on, or the first one of each would not show as an increase.
  for (const finding of ['launched', 'ended', 'forgotten']) reconciled.inc({ finding }, 0);

  return {
    registry,
    requests: new Histogram({
      name: 'crmflow_http_request_seconds',
      help: 'Time from a request to the end of its response, by route pattern',
      labelNames: ['method', 'route', 'status'] as const,
      buckets,
      registers,
    }),
    events: new Counter({
      name: 'crmflow_events_sent_total',
      help: 'Events sent to sockets',
      labelNames: ['event'] as const,
      registers,
    }),
    feedLag: new Histogram({
      name: 'crmflow_feed_lag_seconds',
      help: 'Time from the notification that a run has new events to their delivery to its sockets',
      buckets,
      registers,
    }),
    reconciled,
    /**
     * A figure that is asked for whenever somebody looks; one that cannot be had is left out.
     * @param read gives a number, or one for each value of the label
     */
    gauge(name: string, help: string, read: () => number | Promise<number>): void {
      new Gauge({
        name,
        help,
        registers,
        async collect() {
          await fill(this, async () => this.set(await read()));
        },
      });
    },
    gaugeBy<Label extends string>(
      name: string,
      { help, label }: { help: string; label: Label },
      read: () => Record<string, number> | Promise<Record<string, number>>,
    ): void {
      new Gauge({
        name,
        help,
        labelNames: [label],
        registers,
        async collect() {
          await fill(this, async () => {
            const figures = Object.entries(await read());
            for (const [value, figure] of figures) {
              this.set({ [label]: value } as Record<Label, string>, figure);
            }
          });
        },
      });
    },
  };
}
