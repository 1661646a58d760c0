import { parseArgs } from 'node:util';
import {
  type Coverage,
  fieldErrors,
  findingKinds,
  type Flow,
  flowSchema,
  type TestFailure,
  withMessage,
} from '@crmflow/contracts';
import { checkFlow } from '@crmflow/expressions';
import { crashLottery } from '../crash-lottery.js';
import { explore } from '../explore/explore.js';
import { runTests } from '../run-tests.js';
import { type Case, junitOf } from './junit.js';

/** What the command needs of its surroundings. */
export type CommandIo = {
  read(path: string): Promise<string>;
  write(path: string, text: string): Promise<void>;
  log(line: string): void;
};

const usage = `npm run flow -- test|explore|lint <file.json> … [options]

  test      Runs the tests of each flow, and each once more as if workers died.
  explore   Looks at all ways through each flow.
  lint      Checks each flow as publishing does.

  --junit <file>     Writes the results as JUnit XML.
  --allow <kinds>    explore: findings that are fine, such as wait_never_ends,run_fails.
  --coverage <n>     test: fails if the tests reach less than n percent of the handles.

Exit code: 0 if all is well, 1 if something failed, 2 if the command was not understood.`;

class BadUsage extends Error {
  override readonly name = 'BadUsage';
}

function readArgs(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        junit: { type: 'string' },
        allow: { type: 'string' },
        coverage: { type: 'string' },
      },
    });
    const [verb = '', ...files] = positionals;
    const allowed = values.allow?.split(',') ?? [];
    const unknown = allowed.find((kind) => !(findingKinds as readonly string[]).includes(kind));
    if (unknown !== undefined) {
      throw new BadUsage(`There is no finding ${unknown}; there are ${findingKinds.join(', ')}.`);
    }
    const least = values.coverage === undefined ? 0 : Number(values.coverage);
    if (!(least >= 0 && least <= 100)) throw new BadUsage('--coverage takes a number up to 100.');
    if (verb !== 'test' && verb !== 'explore' && verb !== 'lint') {
      throw new BadUsage(verb === '' ? 'Say what to do.' : `There is no command ${verb}.`);
    }
    if (files.length === 0) throw new BadUsage('Name the file of a flow.');
    return { verb, files, allowed, least, junit: values.junit };
  } catch (error) {
    if (error instanceof BadUsage) throw error;
    throw new BadUsage((error as Error).message);
  }
}

/** @throws BadUsage where the file is not that of a flow */
async function readFlow(path: string, io: CommandIo): Promise<Flow> {
  let json: unknown;
  try {
    json = JSON.parse(await io.read(path));
  } catch (error) {
    throw new BadUsage(`${path} cannot be read: ${(error as Error).message}`);
  }
  const isWrapped = typeof json === 'object' && json !== null && 'flow' in json;
  const parsed = flowSchema.safeParse(isWrapped ? (json as { flow: unknown }).flow : json);
  if (parsed.success) return parsed.data;
  const [first] = fieldErrors(parsed.error);
  throw new BadUsage(`${path} is not the file of a flow: ${first?.path} ${first?.message}`);
}

const labelOf = (flow: Flow, id: string | undefined) =>
  flow.nodes.find((node) => node.id === id)?.label || id;

function failureText(flow: Flow, { step, expected, got, nodeId }: TestFailure): string {
  const at = [
    ...(step === undefined ? ['at the end'] : [`step ${step + 1}`]),
    ...(nodeId === undefined ? [] : [`“${labelOf(flow, nodeId)}”`]),
  ].join(', ');
  return `${at}: expected ${expected}; got ${got}`;
}

function percentOf({ handles: { covered, missing } }: Coverage): number {
  const all = covered.length + missing.length;
  return all === 0 ? 100 : Math.floor((100 * covered.length) / all);
}

async function testFlow(flow: Flow, least: number): Promise<Case[]> {
  const { tests = [], name: suite } = flow;
  const { results, coverage } = await runTests(flow, tests);
  const cases = results.map(({ failures, ms }, i): Case => {
    const test = tests[i];
    const told = failures.map((one) => failureText(flow, one));
    const crashed = test && told.length === 0 ? crashLottery(flow, test) : undefined;
    const name = test?.name ?? '';
    if (!crashed) return { suite, name, ms, failures: told };
    return { suite, name, ms, failures: [`after crashes: ${failureText(flow, crashed)}`] };
  });
  const percent = percentOf(coverage);
  const missing = coverage.handles.missing.map(
    ({ nodeId, handle }) => `“${labelOf(flow, nodeId)}” is not left by ${handle}`,
  );
  const isEnough = percent >= least;
  return [
    ...cases,
    { suite, name: `Coverage of handles: ${percent} %`, ms: 0, failures: isEnough ? [] : missing },
  ];
}

function exploreFlow(flow: Flow, allowed: readonly string[]): Case[] {
  const began = performance.now();
  const { findings, states, isComplete } = explore(flow);
  const ms = performance.now() - began;
  const failures = findings
    .filter(({ kind }) => !allowed.includes(kind))
    .map(({ kind, message, inputs }) => {
      const way = inputs && inputs.steps.length > 0 ? ` After ${JSON.stringify(inputs.steps)}` : '';
      return `${kind}: ${message}${way}`;
    });
  const name = `${states} states${isComplete ? '' : ', not all'}`;
  return [{ suite: flow.name, name, ms, failures }];
}

function lintFlow(flow: Flow): Case[] {
  const issues = checkFlow(flow);
  const failures = issues
    .filter(({ severity }) => severity === 'error')
    .map((issue) => `${labelOf(flow, issue.nodeId) ?? flow.name}: ${withMessage(issue).message}`);
  return [{ suite: flow.name, name: 'Check', ms: 0, failures }];
}

function print(cases: readonly Case[], log: CommandIo['log']): void {
  let suite = '';
  for (const one of cases) {
    if (one.suite !== suite) log((suite = one.suite));
    log(`  ${one.failures.length > 0 ? '✗' : '✓'} ${one.name}`);
    for (const failure of one.failures) log(`      ${failure}`);
  }
  const failed = cases.filter(({ failures }) => failures.length > 0).length;
  log(failed === 0 ? 'All is well.' : `${failed} of ${cases.length} failed.`);
}

/**
 * Tests, explores or checks flows in files.
 * @returns the exit code: 1 where something failed, 2 where the command was not understood
 */
export async function flowCommand(args: readonly string[], io: CommandIo): Promise<0 | 1 | 2> {
  try {
    const { verb, files, allowed, least, junit } = readArgs(args);
    const cases: Case[] = [];
    for (const file of files) {
      const flow = await readFlow(file, io);
      if (verb === 'test') cases.push(...(await testFlow(flow, least)));
      else if (verb === 'explore') cases.push(...exploreFlow(flow, allowed));
      else cases.push(...lintFlow(flow));
    }
    print(cases, io.log);
    if (junit !== undefined) await io.write(junit, junitOf(cases));
    return cases.some(({ failures }) => failures.length > 0) ? 1 : 0;
  } catch (error) {
    if (!(error instanceof BadUsage)) throw error;
    io.log(`${error.message}\n\n${usage}`);
    return 2;
  }
}
