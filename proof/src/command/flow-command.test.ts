import { describe, expect, it } from 'vitest';
import { ask, row, say } from '../../../tests/support/flows.js';
import { flowCommand } from './flow-command.js';

const choices = [
  { value: 'a', label: 'A & <B>' },
  { value: 'c', label: 'C' },
];
const flow = (steps: object[]) => ({
  schemaVersion: 1,
  ...row([
    ask('which', { expect: 'choice', choices, timeout: 'P1D', retries: 0 }),
    say('end', 'Bye'),
  ]),
  name: 'Choices',
  tests: [{ id: 'one', name: 'Says “Bye”', steps }],
});

const files: Record<string, string> = {
  'good.json': JSON.stringify(flow([{ choose: 'a' }, { expect: { text: 'Bye' } }])),
  'bad.json': JSON.stringify({ flow: flow([{ choose: 'a' }, { expect: { text: 'A & <B>' } }]) }),
  'broken.json': '{',
  'other.json': '{"name": 1}',
};

async function command(...args: string[]) {
  const lines: string[] = [];
  const written: Record<string, string> = {};
  const code = await flowCommand(args, {
    read: async (path) => {
      const text = files[path];
      if (text === undefined) throw new Error('no such file');
      return text;
    },
    write: async (path, text) => {
      written[path] = text;
    },
    log: (line) => lines.push(line),
  });
  return { code, output: lines.join('\n'), written };
}

describe('the command for flows in files', () => {
  it('runs tests, and tells what they reach', async () => {
    const { code, output } = await command('test', 'good.json');
    expect(output.split('\n')).toEqual([
      'Choices',
      '  ✓ Says “Bye”',
      '  ✓ Coverage of handles: 100 %',
      'All is well.',
    ]);
    expect(code).toBe(0);
  });

  it('says what failed and where, also as JUnit XML', async () => {
    const { code, output, written } = await command('test', 'bad.json', '--junit', 'out.xml');
    expect(output).toContain('step 2, “end”: expected “A & <B>”; got “Bye”');
    expect(code).toBe(1);
    expect(written['out.xml']).toContain('<testsuite name="Choices" tests="2" failures="1">');
    expect(written['out.xml']).toContain('expected “A &amp; &lt;B&gt;”; got “Bye”</failure>');
  });

  it('explores, except for what is fine', async () => {
    const { code, output } = await command('explore', 'good.json');
    expect(output).toContain('run_fails: The run fails at “which”');
    expect(code).toBe(1);
    expect((await command('explore', 'good.json', '--allow', 'run_fails')).code).toBe(0);
  });

  it('checks flows', async () => {
    expect((await command('lint', 'good.json')).code).toBe(0);
  });

  it.each([
    [[], 'Say what to do.'],
    [['prove', 'good.json'], 'There is no command prove.'],
    [['test'], 'Name the file of a flow.'],
    [['test', 'none.json'], 'none.json cannot be read: no such file'],
    [['test', 'broken.json'], 'broken.json cannot be read'],
    [['test', 'other.json'], 'other.json is not the file of a flow: schemaVersion'],
    [['explore', 'good.json', '--allow', 'bugs'], 'There is no finding bugs'],
    [['test', 'good.json', '--coverage', 'all'], '--coverage takes a number'],
    [['test', 'good.json', '--odd'], 'Unknown option'],
  ])('tells how it is used: %j', async (args, message) => {
    const { code, output } = await command(...args);
    expect(output).toContain(message);
    expect(output).toContain('npm run flow --');
    expect(code).toBe(2);
  });
});
