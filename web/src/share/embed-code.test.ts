import { expect, it } from 'vitest';
import { cspLine, embedCode } from './embed-code.js';

const chat = { slug: 'help-1a2b3c', url: 'https://crm.example.com:8443/c/help-1a2b3c' };

it('a site shows a chat by one tag, from where its customers reach it', () => {
  expect(embedCode(chat, 'inline')).toBe(
    '<script src="https://crm.example.com:8443/embed/v1.js" data-chat="help-1a2b3c" data-mode="inline" async></script>',
  );
});

it('its content security policy allows the script and the frame, and nothing else', () => {
  expect(cspLine(chat)).toBe(
    'script-src https://crm.example.com:8443; frame-src https://crm.example.com:8443;',
  );
});
