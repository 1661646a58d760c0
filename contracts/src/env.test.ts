import { describe, expect, it } from 'vitest';
import { readEnvironment } from './env.js';

const key = 'A'.repeat(43) + '=';

describe('readEnvironment', () => {
  it('takes an empty environment: everything has a default or is embedded', () => {
    expect(readEnvironment({})).toMatchObject({
      ok: true,
      environment: { HOST: '127.0.0.1', PORT: 3001, CRMFLOW_DATA_DIR: '.crmflow' },
    });
  });

  it('takes a variable that is set to nothing as not set', () => {
    expect(readEnvironment({ PORT: '', DATABASE_URL: '' })).toMatchObject({ ok: true });
  });

  it.each([
    ['DATABASE_URL', 'postgresql://u:p@127.0.0.1:5432/d'],
    ['TEMPORAL_ADDRESS', 'temporal.internal:7233'],
    ['TEMPORAL_ADDRESS', '[::1]:7233'],
    ['ENCRYPTION_KEY_PREVIOUS', `${key},${key}`],
    ['TRUST_PROXY', '1'],
    ['TRUST_PROXY', 'loopback, 10.0.0.0/8'],
    ['CRMFLOW_EGRESS_ALLOW', '127.0.0.1:80,intranet:8080'],
    ['GEMINI_SHARED_MODELS', 'gemini-flash-latest, gemini-2.5-*'],
    ['GEMINI_TOKENS_PER_DAY', '0'],
    ['DATABASE_POOL_SIZE', '1'],
    ['SMTP_URL', 'smtps://u:p@mail.example.com:465'],
    ['CRMFLOW_EMBEDDER', 'off'],
    ['CRMFLOW_EMBEDDER', '/srv/models/e5'],
    ['CRMFLOW_EMBEDDER', 'https://mirror.example.com/weights.whl'],
  ])('takes %s=%s', (name, value) => {
    expect(readEnvironment({ [name]: value })).toMatchObject({ ok: true });
  });

  it.each([
    ['PORT', 'abc'],
    ['CRMFLOW_EMBEDDER', 'on'],
    ['PORT', '70000'],
    ['DATABASE_URL', 'mysql://127.0.0.1/d'],
    ['TEMPORAL_ADDRESS', 'http://127.0.0.1:7233'],
    ['ENCRYPTION_KEY', 'short'],
    ['ENCRYPTION_KEY_PREVIOUS', `${key};${key}`],
    ['PUBLIC_URL', 'example.com'],
    ['SMTP_URL', 'mail.example.com'],
    ['TRUST_PROXY', 'true'],
    ['CRMFLOW_REGISTRATION', 'yes'],
    ['CRMFLOW_RATE_LIMITS', 'false'],
    ['CRMFLOW_EGRESS_ALLOW', '127.0.0.1'],
    ['GEMINI_BASE_URL', 'ftp://x'],
    ['LOG_LEVEL', 'loud'],
  ])('refuses %s=%s in one line that names it', (name, value) => {
    const result = readEnvironment({ [name]: value });
    expect(result).toMatchObject({ ok: false });
    const fault = result.ok ? '' : result.fault;
    expect(fault).toContain(`${name} must be`);
    expect(fault).not.toContain('\n');
  });

  it('wants a client certificate with its key', () => {
    expect(readEnvironment({ TEMPORAL_TLS_CERT: '/run/secrets/client.pem' })).toMatchObject({
      fault: expect.stringContaining('TEMPORAL_TLS_KEY') as string,
    });
    const pair = { TEMPORAL_TLS_CERT: 'client.pem', TEMPORAL_TLS_KEY: 'client.key' };
    expect(readEnvironment(pair).ok).toBe(true);
  });

  it('wants a key in production', () => {
    expect(readEnvironment({ NODE_ENV: 'production' })).toMatchObject({
      fault: expect.stringContaining('ENCRYPTION_KEY is required in production') as string,
    });
    expect(readEnvironment({ NODE_ENV: 'production', ENCRYPTION_KEY: key }).ok).toBe(true);
  });
});
