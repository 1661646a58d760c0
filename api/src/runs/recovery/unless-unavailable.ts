import { AppError } from '../../errors/app-error.js';
import { isTemporalUnavailable } from '../../errors/temporal.js';

/** Launches what is written down already: Temporal being away only delays it. */
export async function unlessUnavailable(launch: () => Promise<unknown>): Promise<void> {
  try {
    await launch();
  } catch (error) {
    const late = error instanceof AppError && error.code === 'temporal_unavailable';
    if (!late && !isTemporalUnavailable(error)) throw error;
  }
}
