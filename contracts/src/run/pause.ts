import { z } from 'zod';
import { pauseReasons, runModes } from '../kinds.js';
import { limits } from '../limits.js';
import { idSchema } from '../fields/identifiers.js';

/** How a run goes from node to node. */
export const runModeSchema = z.enum(runModes);

/** Why a run pauses before a node. */
export const pauseReasonSchema = z.enum(pauseReasons);

/** Ids of the nodes before which a run pauses. */
export const pausePointsSchema = z
  .array(idSchema)
  .max(limits.pausePoints, `must not have more than ${limits.pausePoints} nodes`);

const visit = z.int32().min(1).optional();

/** Runs the node that the run is paused before. Without a visit it is the one paused before. */
export const executeNodeSchema = z.strictObject({ nodeId: idSchema, visit });

/** Leaves a node by its first handle. Without a visit it is the one at which the run is. */
export const advanceRunSchema = z.strictObject({ fromNodeId: idSchema, visit });

/**
 * Runs on to the next pause point. With the node that the run is paused before, it does nothing
 * once the run has left that.
 */
export const continueRunSchema = z.strictObject({ nodeId: idSchema.optional(), visit });

/** Answer to a command: the engine holds it. */
export const commandAcceptedSchema = z.object({ accepted: z.literal(true) });

/** Answer to a command. */
export type CommandAccepted = z.output<typeof commandAcceptedSchema>;

/** Replaces the pause points of a run. */
export const setPausePointsSchema = z.strictObject({ nodeIds: pausePointsSchema });
