import { z } from 'zod';
import { runStatuses } from '../kinds.js';

/** Where a run is. */
export const runStatusSchema = z.enum(runStatuses);
