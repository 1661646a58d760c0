import type { Deps } from '../deps.js';
import { cached } from '../cached.js';
import { createEngine } from '../runs/engine.js';

/** However many look, Temporal is asked this often. */
const cachedMs = 15_000;

/**
 * How many runs of this installation stand still because their workflow task fails again and
 * again: a fault of the interpreter, which a mended deploy heals. Rejects where Temporal does not
 * answer in time.
 */
export function createCountStuck({
  temporal,
  config,
}: Pick<Deps, 'temporal' | 'config'>): () => Promise<number> {
  return cached(cachedMs, () => createEngine(temporal, config).countStuck());
}
