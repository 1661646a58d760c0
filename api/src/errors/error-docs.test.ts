import { readdirSync, readFileSync } from 'node:fs';
import { type ErrorCode, errorCodes } from '@crmflow/contracts';
import { describe, expect, it } from 'vitest';
import { errorPage } from './problem.js';

const errorPagesFolder = new URL('../../../docs/errors/', import.meta.url);

const codes = Object.keys(errorCodes) as ErrorCode[];

describe('docs/errors', () => {
  it('has a page for each error code, and no other', () => {
    const pages = readdirSync(errorPagesFolder).map((name) => name.replace(/\.md$/, ''));
    expect(pages.sort()).toEqual([...codes].sort());
  });

  it.each(codes)('%s explains the error, shows an example, and says how to fix it', (code) => {
    const [status, title] = errorCodes[code];
    const text = readFileSync(new URL(`${code}.md`, errorPagesFolder), 'utf8');
    expect(text.startsWith(`# ${title}\n\n`)).toBe(true);
    expect(text).toMatch(/## Example\n[^]*```json\n[^]*```\n\n## How to fix it\n\n- /);
    const [, example = ''] = /```json\n([^]*?)```/.exec(text) ?? [];
    const body = JSON.parse(example) as { type?: string };
    const ofResponse = {
      type: errorPage(code),
      status,
      title,
      detail: expect.any(String) as string,
    };
    expect(body).toMatchObject({
      code,
      ...('type' in body ? ofResponse : { message: expect.any(String) as string }),
    });
  });
});
