import { describe, expect, it } from 'vitest';
import { emailAddress, findEmail } from './email.js';

const refused = undefined;

describe('an address', () => {
  it.each([
    ['ada@example.com', 'ada@example.com'],
    ['Ada.Lovelace+crm@Mail.Example.COM', 'Ada.Lovelace+crm@mail.example.com'],
    ['info@müller.com', 'info@müller.com'],
    ['info@mu\u0308ller.com', 'info@müller.com'],
    ['info@xn--mller-kva.com', 'info@xn--mller-kva.com'],
    ['用户@例子.广告', '用户@例子.广告'],
    ['jörg@example.de', 'jörg@example.de'],
    ["o'neil@example.ie", "o'neil@example.ie"],
    ['a..b@docomo.ne.jp', 'a..b@docomo.ne.jp'],
    ['ada\u200b@example.com', 'ada@example.com'],
    ['ada＠example.com', 'ada@example.com'],
    ['ada@example', refused],
    ['ada example.com', refused],
    ['a@b@example.com', refused],
    ['@example.com', refused],
    ['ada@', refused],
    ['ada@-example.com', refused],
    ['ada@example-.com', refused],
    ['ada@example..com', refused],
    ['ada@example.123', refused],
    ['ada@192.168.0.1', refused],
    ['ada love@example.com', refused],
    ['"ada"@example.com', refused],
    [`${'a'.repeat(65)}@example.com`, refused],
    [`ada@${'a'.repeat(64)}.com`, refused],
  ])('in %j is %j', (text, address) => {
    expect(emailAddress(text)).toBe(address);
  });
});

describe('an address within a reply', () => {
  it.each([
    [' ada@example.com ', 'ada@example.com'],
    ['Ada <ada@example.com>', 'ada@example.com'],
    ['mailto:ada@example.com', 'ada@example.com'],
    ['Meine Adresse ist ada@example.com.', 'ada@example.com'],
    ['„ada@example.com“', 'ada@example.com'],
    ['ada@example.com\u00a0', 'ada@example.com'],
    ['(ada@example.com)', 'ada@example.com'],
    ['ada@example.com, bob@example.com', refused],
    ['ada at example.com', refused],
    ['meet me @ example.com', refused],
    ['@ada', refused],
    ['', refused],
  ])('of %j is %j', (text, address) => {
    expect(findEmail(text)).toBe(address);
  });
});
