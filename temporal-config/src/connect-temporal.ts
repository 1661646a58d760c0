import { Connection } from '@temporalio/client';

/** What says where Temporal is. */
export type TemporalEnvironment = {
  /** host:port */
  TEMPORAL_ADDRESS: string;
};

/**
 * A connection to the Temporal server of an environment.
 * @throws Error where it does not answer within `timeoutMs`
 */
export function connectTemporal(
  { TEMPORAL_ADDRESS }: TemporalEnvironment,
  timeoutMs = 5_000,
): Promise<Connection> {
  return Connection.connect({ address: TEMPORAL_ADDRESS, connectTimeout: timeoutMs });
}
