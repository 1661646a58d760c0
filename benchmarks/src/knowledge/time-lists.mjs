// A thread of its own, so that what the bench does besides is not taken for the API's time.
// Given {url, token, count}; says how long each of so many lists of flows took, in milliseconds.
import { parentPort, workerData } from 'node:worker_threads';

const { url, token, count } = workerData;
const times = [];
for (let i = 0; i < count; i += 1) {
  const from = performance.now();
  const answer = await fetch(`${url}/api/workflows`, {
    headers: { authorization: `Bearer ${token}` },
  });
  if (!answer.ok) throw new Error(`the list answered ${answer.status}`);
  await answer.json();
  times.push(performance.now() - from);
}
parentPort.postMessage(times);
