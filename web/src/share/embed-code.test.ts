import { expect, it } from 'vitest';
import { cspLine, embedCode } from './embed-code.js';

const chat = {
  slug: 'help-1a2b3c',
  url: 'https://crm.example.com:8443/c/help-1a2b3c',
  settings: { colour: '#4f46e5', position: 'right' as const },
};

it('a site shows a chat by one tag, from where its customers reach it', () => {
  expect(embedCode(chat, 'inline')).toBe(
    '<script src="https://crm.example.com:8443/embed/v1.js" data-chat="help-1a2b3c" data-mode="inline" async></script>',
  );
});

it('a bubble has its colour and its corner before it is opened', () => {
  const settings = { colour: '#0a7d33', position: 'left' as const };
  expect(embedCode({ ...chat, settings }, 'bubble')).toContain(
    'data-mode="bubble" data-colour="#0a7d33" data-position="left" async',
  );
  expect(embedCode({ ...chat, settings }, 'popup')).toContain('data-mode="popup" async');
});

it('its content security policy allows the script and the frame, and nothing else', () => {
  expect(cspLine(chat)).toBe(
    'script-src https://crm.example.com:8443; frame-src https://crm.example.com:8443;',
  );
});
