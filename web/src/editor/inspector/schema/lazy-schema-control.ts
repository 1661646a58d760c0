import { lazily } from '../lazily.js';
import type { SchemaControlProps } from './schema-control.js';

/** The control for a schema, fetched where one is looked at. */
export const SchemaControl = lazily<SchemaControlProps>(
  async () => (await import('./schema-control.js')).SchemaControl,
);
