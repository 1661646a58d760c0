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
export type DynamicConfig = Record<string, [{ value: string | number | boolean }]>;

const read = (file: string): unknown =>
  JSON.parse(readFileSync(new URL(`../${file}`, import.meta.url), 'utf8'));

/** How this version of CRMFlow sets Temporal up. */
export const temporalSettings = read('settings.json') as TemporalSettings;

/**
 * What makes a server answer quickly at low load. A server that is deployed reads the very file:
 * it takes YAML, which JSON is.
 */
export const dynamicConfig = read('dynamic-config.json') as DynamicConfig;
