import { type ChildProcess, execFile, type ExecFileOptions } from 'node:child_process';
import { once } from 'node:events';

/** What a program printed, and how it ended. */
export type Ended = { code: number | null; stdout: string; stderr: string };

/** Runs a program to its end, whatever its exit code. */
export function runProgram(
  program: string,
  args: readonly string[],
  options: ExecFileOptions = {},
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const given = { maxBuffer: Infinity, ...options, encoding: 'utf8' } as const;
    const child = execFile(program, args, given, (error, stdout, stderr) => {
      if (child.pid !== undefined) resolve({ code: child.exitCode, stdout, stderr });
      else reject(new Error(`${program} could not be started`, { cause: error }));
    });
  });
}

/** All that a process prints from now on. */
export function outputOf(child: ChildProcess): () => string {
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  }
  return () => output;
}

/** Waits for the end of a process. @returns its exit code, or the signal that ended it */
export async function ended(child: ChildProcess): Promise<number | string | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return child.exitCode ?? child.signalCode;
}
