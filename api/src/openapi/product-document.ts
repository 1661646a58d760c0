import { randomBytes } from 'node:crypto';
import { readConfig } from '../config/read-config.js';
import { createDeps } from '../create-deps.js';
import { createLogger } from '../logging/create-logger.js';
import { createRoutes } from '../routes.js';
import { type OpenApiDocument, openApiDocument } from './document.js';
import { productVersion } from './product-version.js';

/** The document of the whole product, made without a database or Temporal: nothing connects. */
export async function productDocument(): Promise<OpenApiDocument> {
  const config = readConfig({
    DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none',
    TEMPORAL_ADDRESS: '127.0.0.1:1',
    ENCRYPTION_KEY: randomBytes(32).toString('base64'),
  });
  const { deps, close } = createDeps(config, createLogger('silent'));
  try {
    return openApiDocument(createRoutes(deps), { server: '/', version: productVersion });
  } finally {
    await close();
  }
}
