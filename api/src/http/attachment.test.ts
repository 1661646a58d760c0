import { describe, expect, it } from 'vitest';
import { attachment } from './attachment.js';

describe('attachment', () => {
  it.each([
    ['Order', 'attachment; filename="Order.json"; filename*=UTF-8\'\'Order.json'],
    ['a/b\\c "d"\r\n', `attachment; filename="a-b-c -d.json"; filename*=UTF-8''a-b-c%20-d.json`],
    ['Größe', `attachment; filename="Gr-e.json"; filename*=UTF-8''Gr%C3%B6%C3%9Fe.json`],
    [
      "it's (new)*",
      `attachment; filename="it-s (new).json"; filename*=UTF-8''it%27s%20%28new%29.json`,
    ],
    ['///', `attachment; filename="flow.json"; filename*=UTF-8''flow.json`],
    ['面接', `attachment; filename="flow.json"; filename*=UTF-8''%E9%9D%A2%E6%8E%A5.json`],
  ])('for %j', (name, header) => {
    expect(attachment(name, 'flow')).toBe(header);
  });
});
