import { condition, defineSignal, proxyLocalActivities, setHandler } from '@temporalio/workflow';

/** The one thing that the floor does: nothing. */
export type FloorActivities = { noop(mark: string): Promise<void> };

const { noop } = proxyLocalActivities<FloorActivities>({
  startToCloseTimeout: '2s',
  retry: { maximumAttempts: 1 },
});

const mark = defineSignal<[string]>('mark');

/** The least that a durable run which leaves a trace can cost. */
export async function bareRun(): Promise<void> {
  await noop('run');
}

/** The least that an answer to a signal can cost; ends with the signal `end`. */
export async function bareReply(): Promise<void> {
  const marks: string[] = [];
  setHandler(mark, (one) => void marks.push(one));
  for (;;) {
    await condition(() => marks.length > 0);
    const next = marks.shift();
    if (next === 'end') return;
    await noop(next ?? '');
  }
}
