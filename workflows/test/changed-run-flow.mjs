import { sleep } from '@temporalio/workflow';
import { runFlow as original } from '../dist/run-flow.js';

/** An interpreter changed as no deploy may change it: it waits before it begins. */
export async function runFlow(input) {
  await sleep(1_000);
  return original(input);
}
