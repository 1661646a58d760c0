import { describe, expect, it } from 'vitest';
import { readConfig } from './read-config.js';

const key = Buffer.alloc(32, 1).toString('base64');
const least = {
  DATABASE_URL: 'postgresql://app:app@127.0.0.1:5432/crmflow',
  TEMPORAL_ADDRESS: '127.0.0.1:7233',
  ENCRYPTION_KEY: key,
};

describe('readConfig', () => {
  it('needs few settings', () => {
    expect(readConfig({ ...least, PUBLIC_URL: '' })).toEqual({
      egressAllow: [],
      host: '127.0.0.1',
      port: 3001,
      databaseUrl: least.DATABASE_URL,
      databaseDirectUrl: least.DATABASE_URL,
      databasePoolSize: 10,
      databaseLimitBytes: 100_000_000_000,
      temporal: { address: '127.0.0.1:7233', namespace: 'default', taskQueue: 'crmflow' },
      origins: [],
      trustProxy: false,
      registration: 'open',
      encryptionKey: key,
      previousEncryptionKeys: [],
      models: {
        ...{ GEMINI_MODEL: 'gemini-flash-latest', GEMINI_TOKENS_PER_FLOW: 3_000_000 },
        ...{ GEMINI_TOKENS_PER_WORKSPACE: 5_000_000, GEMINI_TOKENS_PER_DAY: 20_000_000 },
      },
      sharedKey: {
        models: [],
        tokens: { flow: 3_000_000, workspace: 5_000_000, installation: 20_000_000 },
      },
      rateLimits: true,
      logLevel: 'info',
    });
  });

  it('lets pages of PUBLIC_URL and CORS_ORIGINS in', () => {
    const environment = {
      ...least,
      PUBLIC_URL: 'https://crm.example.com/',
      CORS_ORIGINS: 'https://a.example, http://b.example:8080',
    };
    expect(readConfig(environment)).toMatchObject({
      publicUrl: 'https://crm.example.com',
      origins: ['https://crm.example.com', 'https://a.example', 'http://b.example:8080'],
    });
  });

  it.each([
    [{}, 'open'],
    [{ HOST: '0.0.0.0' }, 'invite'],
    [{ PUBLIC_URL: 'http://localhost:3001' }, 'invite'],
    [{ NODE_ENV: 'production' }, 'invite'],
    [{ HOST: '0.0.0.0', CRMFLOW_REGISTRATION: 'open' }, 'open'],
    [{ CRMFLOW_REGISTRATION: 'closed' }, 'closed'],
  ])('%j: registration is %s', (environment, registration) => {
    expect(readConfig({ ...least, ...environment }).registration).toBe(registration);
  });

  it.each([
    ['', false],
    ['0', false],
    ['2', 2],
    ['loopback, 10.0.0.0/8,::1', 'loopback,10.0.0.0/8,::1'],
  ])('TRUST_PROXY=%s', (TRUST_PROXY, trustProxy) => {
    expect(readConfig({ ...least, TRUST_PROXY }).trustProxy).toBe(trustProxy);
  });

  it('refuses a wrong value in one line that names it', () => {
    const read = () => readConfig({ ...least, PORT: 'x', CRMFLOW_RATE_LIMITS: 'false' });
    expect(read).toThrow(/^Invalid environment: PORT must be [^\n]+ on or off\.$/);
  });

  it.each([
    [{ ...least, DATABASE_URL: '' }, 'DATABASE_URL is required'],
    [{ ...least, TEMPORAL_ADDRESS: '' }, 'TEMPORAL_ADDRESS is required'],
    [{ ...least, ENCRYPTION_KEY: '' }, 'ENCRYPTION_KEY is required'],
    [{ ...least, NODE_ENV: 'production', ENCRYPTION_KEY: '' }, 'ENCRYPTION_KEY is required'],
  ])('%j: %s', (environment, message) => {
    expect(() => readConfig(environment)).toThrow(message);
  });
});
