import { execFileSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { serverCode, type ServerLanguage } from './server-code.js';

const secret = 'q9_Zr-'.repeat(8);
const customer = { id: 42, name: 'Zoë “Z” Müller', email: 'zoe@example.com' };
const given = JSON.stringify(customer);

/** Runs an example and prints the token. */
const commands: Record<ServerLanguage, [command: string, ...args: string[]]> = {
  node: [
    ...([process.execPath, '--input-type=module', '-e'] as [string, ...string[]]),
    `${serverCode.node}\nprocess.stdout.write(tokenFor(${given}));`,
  ],
  php: [
    ...(['php', '-r'] as [string, ...string[]]),
    `${serverCode.php.replace('<?php', '')}\necho crmflow_token(json_decode('${given}', true));`,
  ],
  python: [
    ...(['python3', '-c'] as [string, ...string[]]),
    `${serverCode.python}\nprint(token_for(json.loads('''${given}''')), end="")`,
  ],
};

const isThere = (command: string) => {
  try {
    execFileSync(command, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

describe.each(Object.entries(commands))('the example in %s', (_, [command, ...args]) => {
  it.skipIf(!isThere(command))('signs a token that says who a customer is', () => {
    const env = { ...process.env, CRMFLOW_SECRET: secret };
    const token = execFileSync(command, args, { env, encoding: 'utf8' });
    const [header = '', payload = '', signature] = token.split('.');
    const read = (part: string) =>
      JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>;
    const expected = createHmac('sha256', secret)
      .update(`${header}.${payload}`)
      .digest('base64url');
    expect(signature).toBe(expected);
    expect(read(header)).toEqual({ alg: 'HS256', typ: 'JWT' });
    const { exp, ...claims } = read(payload);
    expect(claims).toEqual({ sub: '42', name: customer.name, email: customer.email });
    expect(Number(exp) - Date.now() / 1_000).toBeGreaterThan(500);
  });
});
