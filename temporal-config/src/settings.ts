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
    dynamicConfig: Record<string, string | number | boolean>;
    sqlitePragmas: Record<string, string>;
  };
};

/** How this version of CRMFlow sets Temporal up. */
export const temporalSettings = JSON.parse(
  readFileSync(new URL('../settings.json', import.meta.url), 'utf8'),
) as TemporalSettings;
