import { lazyPart } from '../../../ui/lazy.js';
import type { SchemaControlProps } from './schema-control.js';

/** The control for a schema, fetched where one is looked at. */
export const SchemaControl = lazyPart<SchemaControlProps>(
  async () => (await import('./schema-control.js')).SchemaControl,
);
