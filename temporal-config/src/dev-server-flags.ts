import type { DynamicConfig, TemporalSettings } from './settings.js';

/** Where a dev server listens (on loopback only) and keeps its data. */
export type DevServerPlace = {
  port: number;
  /** Left out: without the UI. */
  uiPort?: number;
  /** Left out: in memory. */
  databaseFile?: string;
};

const host = '127.0.0.1';

const repeated = (flag: string, values: Record<string, string>) =>
  Object.entries(values).flatMap(([key, value]) => [flag, `${key}=${value}`]);

const asFlags = (config: DynamicConfig) =>
  Object.fromEntries(
    Object.entries(config).map(([key, [{ value }]]) => [key, JSON.stringify(value)]),
  );

/**
 * The arguments of the `temporal` command for a development server that answers quickly at low
 * load: by default its one shard asks for work 20 times a second, and timers below a second fire
 * late.
 */
export function devServerFlags(
  settings: TemporalSettings,
  dynamicConfig: DynamicConfig,
  place: DevServerPlace,
): string[] {
  return [
    ...['server', 'start-dev', '--ip', host, '--port', `${place.port}`],
    ...(place.uiPort === undefined
      ? ['--headless']
      : ['--ui-ip', host, '--ui-port', `${place.uiPort}`]),
    ...(place.databaseFile === undefined ? [] : ['--db-filename', place.databaseFile]),
    ...(settings.namespace === 'default' ? [] : ['--namespace', settings.namespace]),
    ...['--log-level', 'warn', '--color', 'never'],
    ...repeated('--dynamic-config-value', asFlags(dynamicConfig)),
    ...repeated('--sqlite-pragma', settings.devServer.sqlitePragmas),
    ...repeated('--search-attribute', settings.searchAttributes),
  ];
}
