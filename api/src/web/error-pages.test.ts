import { readdirSync, readFileSync } from 'node:fs';
import { type ErrorCode, errorCodes } from '@crmflow/contracts';
import { describe, expect, it } from 'vitest';
import { errorPagesFolder } from './error-pages.js';

const codes = Object.keys(errorCodes) as ErrorCode[];

describe('docs/errors', () => {
  it('has a page for each error code, and no other', () => {
    const pages = readdirSync(errorPagesFolder).map((name) => name.replace(/\.md$/, ''));
    expect(pages.sort()).toEqual([...codes].sort());
  });

  it.each(codes)('%s says what it means, shows it, and tells what to do', (code) => {
    const text = readFileSync(new URL(`${code}.md`, errorPagesFolder), 'utf8');
    expect(text).toContain(`# ${errorCodes[code][1]}\n\n`);
    expect(text).toMatch(/## Example\n[^]*```json\n[^]*```\n\n## What to do\n\n- /);
    const [, example = ''] = /```json\n([^]*?)```/.exec(text) ?? [];
    expect(JSON.parse(example)).toMatchObject({ code });
  });
});
