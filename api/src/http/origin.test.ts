import { describe, expect, it } from 'vitest';
import { isOwnOrigin } from './origin.js';

describe('isOwnOrigin', () => {
  it.each([
    ['http://127.0.0.1:3001', '127.0.0.1:3001'],
    ['https://crm.example.com', 'crm.example.com'],
    ['https://crm.example.com', 'CRM.example.com'],
    ['https://friend.example', 'crm.example.com'],
  ])('%s at %s is ours', (origin, host) => {
    expect(isOwnOrigin(origin, host, ['https://friend.example'])).toBe(true);
  });

  it.each([
    ['http://127.0.0.1:3002', '127.0.0.1:3001'],
    ['http://localhost:3001', '127.0.0.1:3001'],
    ['https://crm.example.com.evil.example', 'crm.example.com'],
    ['https://evil.example/?crm.example.com', 'crm.example.com'],
    ['http://friend.example', 'crm.example.com'],
    ['null', 'crm.example.com'],
    ['file://', ''],
    ['', ''],
    ['https://crm.example.com', undefined],
  ])('%s at %s is not', (origin, host) => {
    expect(isOwnOrigin(origin, host, ['https://friend.example'])).toBe(false);
  });
});
