import { readFileSync } from 'node:fs';

/** How an installation's Temporal is set up. */
export type TemporalSettings = {
  namespace: string;
  /** For how long Temporal keeps the history of runs that ended. */
  retentionDays: number;
  /** Of an installation with its own Temporal. */
  taskQueue: string;
  /** Names and types of what runs can be searched by in the Temporal UI. */
  searchAttributes: Record<string, 'Keyword' | 'Text' | 'Int' | 'Double' | 'Bool' | 'Datetime'>;
  devServer: {
    /** Of the Temporal CLI, which brings the server along. */
    version: string;
    sqlitePragmas: Record<string, string>;
  };
};

/** Keys of a server's dynamic configuration, as the server itself reads it from a file. */
export type DynamicConfig = Record<string, [{ value: string | number | boolean | string[] }]>;

const read = (file: string): unknown =>
  JSON.parse(readFileSync(new URL(`../${file}`, import.meta.url), 'utf8'));

/** How this version of CRMFlow sets Temporal up. */
export const temporalSettings = read('settings.json') as TemporalSettings;

/**
 * What makes a server answer quickly at low load. A server that is deployed reads the very file:
 * it takes YAML, which JSON is.
 */
export const dynamicConfig = read('dynamic-config.json') as DynamicConfig;

/** Where a dev server listens (on loopback only) and keeps its data. */
export type DevServerPlace = {
  port: number;
  /** Left out: without the UI. */
  ui?: { host: string; port: number } | undefined;
  /** Left out: in memory. */
  databaseFile?: string;
};

const host = '127.0.0.1';

/**
 * The server cannot leave out its HTTP API, which answers everybody: it takes requests by this host
 * name only, which is nobody's, so that no web page can make it its own.
 */
const httpApiHosts: DynamicConfig = {
  'frontend.httpAllowedHosts': [{ value: ['nobody.invalid'] }],
};

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
    ...(place.ui === undefined
      ? ['--headless']
      : ['--ui-ip', place.ui.host, '--ui-port', `${place.ui.port}`]),
    ...(place.databaseFile === undefined ? [] : ['--db-filename', place.databaseFile]),
    ...(settings.namespace === 'default' ? [] : ['--namespace', settings.namespace]),
    ...['--log-level', 'warn', '--color', 'never'],
    ...repeated('--dynamic-config-value', asFlags({ ...dynamicConfig, ...httpApiHosts })),
    ...repeated('--sqlite-pragma', settings.devServer.sqlitePragmas),
    ...repeated('--search-attribute', settings.searchAttributes),
  ];
}
