import {
  Client,
  Connection,
  defaultGrpcRetryOptions,
  makeGrpcRetryInterceptor,
} from '@temporalio/client';
import { tracedClient } from '@crmflow/temporal-config';
import type { Config } from '../config/config.js';

/**
 * A Temporal client that never gives up: it connects with the first call, and again whenever the
 * server comes back, which gRPC by itself would try no more than every two minutes. A call that
 * finds nobody is tried for about three seconds before it fails.
 */
export function createTemporalClient({
  address,
  tls,
  apiKey,
  namespace,
}: Config['temporal']): Client {
  const connection = Connection.lazy({
    address,
    ...(tls !== undefined && { tls }),
    ...(apiKey !== undefined && { apiKey }),
    channelArgs: {
      'grpc.initial_reconnect_backoff_ms': 100,
      'grpc.min_reconnect_backoff_ms': 100,
      'grpc.max_reconnect_backoff_ms': 1_000,
    },
    interceptors: [makeGrpcRetryInterceptor(defaultGrpcRetryOptions({ maxAttempts: 6 }))],
  });
  return new Client({ connection, namespace, interceptors: { workflow: [tracedClient] } });
}
