import { describe, expect, it } from 'vitest';
import { devServerFlags, dynamicConfig, temporalSettings } from './settings.js';

const ports = { port: 1 };

describe('devServerFlags', () => {
  it('listens on loopback only, UI included', () => {
    const flags = devServerFlags(temporalSettings, dynamicConfig, { ...ports, uiPort: 4 });
    expect(flags[flags.indexOf('--ip') + 1]).toBe('127.0.0.1');
    expect(flags[flags.indexOf('--ui-ip') + 1]).toBe('127.0.0.1');
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
    expect(flags).toContain('CrmflowFlow=Keyword');
    expect(flags).toContain('--headless');
  });
});

describe('temporalSettings', () => {
  it('keeps ended runs for at least 30 days', () => {
    expect(temporalSettings.retentionDays).toBeGreaterThanOrEqual(30);
  });
});
