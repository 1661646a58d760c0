import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newFolder, runScript } from './processes.js';

let folder: ReturnType<typeof newFolder>;
beforeEach(() => {
  folder = newFolder();
});
afterEach(() => folder.remove());

const data = () => join(folder.path, 'data');

/** What a start that cannot succeed says. */
async function refusal(env: Record<string, string> = {}): Promise<string> {
  const { code, stderr, stdout } = await runScript('start', {
    PORT: '0',
    CRMFLOW_DATA_DIR: data(),
    ...env,
  });
  expect(code).toBe(1);
  expect(stdout).not.toContain('is ready');
  return stderr.trimEnd();
}

describe('a start that cannot succeed', () => {
  it.each([
    ['PORT', 'abc', 'PORT must be a port number from 0 to 65535'],
    ['DATABASE_URL', 'mysql://127.0.0.1/x', 'DATABASE_URL must be a URL such as postgresql://'],
    ['TEMPORAL_ADDRESS', 'nowhere', 'TEMPORAL_ADDRESS must be host:port'],
    ['ENCRYPTION_KEY', 'short', 'ENCRYPTION_KEY must be 32 bytes in base64'],
    ['SMTP_URL', 'mail', 'SMTP_URL must be a URL such as smtp://'],
    ['GEMINI_BASE_URL', 'gemini', 'GEMINI_BASE_URL must be an http or https URL'],
    ['CRMFLOW_EGRESS_ALLOW', 'everything', 'CRMFLOW_EGRESS_ALLOW must be a comma-separated list'],
  ])('names %s=%s as wrong, in one line', async (name, value, message) => {
    const text = await refusal({ [name]: value });
    expect(text).toContain(message);
    expect(text).not.toContain('\n');
  });

  it('wants a key in production', async () => {
    expect(await refusal({ NODE_ENV: 'production' })).toContain(
      'ENCRYPTION_KEY is required in production',
    );
  });

  it('says that the data folder is a file', async () => {
    writeFileSync(data(), '');
    expect(await refusal()).toMatch(
      /^The data folder .* cannot be used: .* Set CRMFLOW_DATA_DIR to another folder\.$/,
    );
  });

  it('makes no new key in place of a lost one', async () => {
    mkdirSync(join(data(), 'postgres'), { recursive: true });
    expect(await refusal()).toMatch(/^The data folder .* is damaged: encryption\.key is missing\./);
  });

  it('does not start on half a database', async () => {
    mkdirSync(data());
    writeFileSync(join(data(), 'encryption.key'), `${'A'.repeat(43)}=`);
    writeFileSync(join(data(), 'postgres.password'), 'a'.repeat(48));
    writeFileSync(join(data(), 'installation.id'), 'a'.repeat(12));
    mkdirSync(join(data(), 'postgres'));
    expect(await refusal()).toMatch(/^The database in .* is damaged: PG_VERSION, .* is missing\./);
  });

  it.each(['postgres', 'temporal.db'])('puts no empty %s in place of a lost one', async (name) => {
    mkdirSync(data());
    writeFileSync(join(data(), 'encryption.key'), `${'A'.repeat(43)}=`);
    writeFileSync(join(data(), 'postgres.password'), 'a'.repeat(48));
    writeFileSync(join(data(), 'installation.id'), 'a'.repeat(12));
    writeFileSync(join(data(), `${name}.created`), '');
    const text = await refusal();
    expect(text).toMatch(new RegExp(`^The database .*/${name} is missing\\. Mount or restore it`));
    expect(existsSync(join(data(), name))).toBe(false);
  });

  it('says what to do where no Temporal server is to be had', async () => {
    expect(await refusal({ CRMFLOW_TEMPORAL_CLI: join(folder.path, 'nothing') })).toMatch(
      /^CRMFLOW_TEMPORAL_CLI is set to .*, which does not exist\.$/,
    );
  });
});
