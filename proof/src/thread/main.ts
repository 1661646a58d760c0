import { parentPort, workerData } from 'node:worker_threads';
import { explore } from '../explore/explore.js';
import { replayRun } from '../recorded/replay.js';
import { runTests } from '../run-tests.js';
import type { ThreadRequest } from './run-in-thread.js';

async function work(request: ThreadRequest) {
  switch (request.run) {
    case 'tests':
      return runTests(request.flow, request.tests, request.options);
    case 'explore':
      return explore(request.flow, request.options);
    case 'replay':
      return request.runs.map((run) => replayRun(request.flow, run));
  }
}

parentPort?.postMessage(await work(workerData as ThreadRequest));
