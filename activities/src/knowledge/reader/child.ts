// The reader's process: reads what strangers wrote. Only a process of its own can be ended whatever
// it does, and this one has no environment, writes no files and reads none but its own code.
// Standard input has the job as a line of JSON, then the bytes; descriptor 3 takes the answer.
// child.js <max bytes of memory> <max milliseconds of the processor> <id of the process that asks>
import { writeSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { Worker } from 'node:worker_threads';
import { KnowledgeError } from '../knowledge-error.js';
import type { ReaderJob, ReaderLine } from './protocol.js';
import { readJob } from './read-job.js';

const [maxMemory = 0, maxTime = 0, parentId = 0] = process.argv.slice(2).map(Number);

// While one long step unpacks something, no timer of this thread fires.
const watch = `
  const { writeSync } = require('node:fs');
  const end = (code) => {
    if (code) writeSync(3, '{"error":{"code":"' + code + '"}}\\n');
    process.kill(process.pid, 'SIGKILL');
  };
  setInterval(() => {
    if (process.ppid !== ${parentId}) end();
    if (process.memoryUsage.rss() > ${maxMemory}) end('memory');
    const { user, system } = process.cpuUsage();
    if (user + system > ${maxTime * 1000}) end('time');
  }, 20);`;
new Worker(watch, { eval: true }).unref();

function emit(line: ReaderLine): void {
  const bytes = Buffer.from(`${JSON.stringify(line)}\n`);
  // A pipe may take a part only.
  for (let from = 0; from < bytes.length;) from += writeSync(3, bytes, from);
}

const input = await buffer(process.stdin);
const headEnd = input.indexOf(10);
const job = JSON.parse(input.toString('utf8', 0, headEnd)) as ReaderJob;
try {
  await readJob(job, new Uint8Array(input.subarray(headEnd + 1)), emit);
} catch (error) {
  if (!(error instanceof KnowledgeError)) throw error;
  emit({ error: { code: error.code, message: error.message } });
}
process.exit();
