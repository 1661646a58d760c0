import { z } from 'zod';

const coordinate = z.number().min(-1e7).max(1e7);

/** A place on the canvas, in its own units. */
export const positionSchema = z.strictObject({ x: coordinate, y: coordinate });
