import { describe, expect, it } from 'vitest';
import { devServerFlags, dynamicConfig, temporalSettings } from './settings.js';

const ports = { port: 1 };

describe('devServerFlags', () => {
  it('listens on loopback only, and for the UI where it is told', () => {
    const ui = { host: '127.1.2.3', port: 4 };
    const flags = devServerFlags(temporalSettings, dynamicConfig, { ...ports, ui });
    expect(flags[flags.indexOf('--ip') + 1]).toBe('127.0.0.1');
    expect(flags.join(' ')).toContain('--ui-ip 127.1.2.3 --ui-port 4');
  });

  it('leaves no host name for the HTTP API that anybody could have', () => {
    const flags = devServerFlags(temporalSettings, dynamicConfig, ports);
    expect(flags).toContain('frontend.httpAllowedHosts=["nobody.invalid"]');
  });

  it('keeps its data where it is told, and its answers quick', () => {
    const flags = devServerFlags(temporalSettings, dynamicConfig, {
      ...ports,
      databaseFile: '/data/t.db',
    });
    expect(flags.join(' ')).toContain('--db-filename /data/t.db');
    expect(flags).toContain('history.transferProcessorMaxPollRPS=2000');
    expect(flags).toContain('history.timerProcessorMaxTimeShift="10ms"');
    expect(flags).toContain('journal_mode=WAL');
    expect(flags).toContain('auto_vacuum=FULL');
    expect(flags).toContain('CrmflowFlow=Keyword');
    expect(flags).toContain('--headless');
  });
});

describe('temporalSettings', () => {
  it('keeps ended runs for at least 30 days', () => {
    expect(temporalSettings.retentionDays).toBeGreaterThanOrEqual(30);
  });
});
