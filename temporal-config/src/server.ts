import { readFileSync } from 'node:fs';
import { ConfigError, type Environment } from '@crmflow/contracts/env';
import type { TLSConfig } from '@temporalio/client';

/** How a Temporal server is reached: what all clients and workers connect with. */
export type TemporalServer = {
  /** host:port */
  address: string;
  /** `true` trusts the authorities that Node trusts. */
  tls?: true | TLSConfig;
  apiKey?: string;
};

/** The variables that say how Temporal is reached. */
export type TemporalEnvironment = Pick<
  Environment,
  | 'TEMPORAL_TLS'
  | 'TEMPORAL_TLS_CA'
  | 'TEMPORAL_TLS_CERT'
  | 'TEMPORAL_TLS_KEY'
  | 'TEMPORAL_TLS_SERVER_NAME'
  | 'TEMPORAL_API_KEY'
> & { TEMPORAL_ADDRESS: string };

function readNamedFile(environment: TemporalEnvironment, name: keyof TemporalEnvironment): Buffer {
  try {
    return readFileSync(environment[name] ?? '');
  } catch (error) {
    throw new ConfigError(
      `Invalid environment: ${name} names a file that cannot be read: ${(error as Error).message}.`,
    );
  }
}

function tlsOf(environment: TemporalEnvironment): true | TLSConfig | undefined {
  const { TEMPORAL_TLS_CA: ca, TEMPORAL_TLS_CERT: cert } = environment;
  const serverNameOverride = environment.TEMPORAL_TLS_SERVER_NAME;
  const isPlain = environment.TEMPORAL_TLS !== 'on' && environment.TEMPORAL_API_KEY === undefined;
  if (ca === undefined && cert === undefined && serverNameOverride === undefined) {
    return isPlain ? undefined : true;
  }
  const read = (name: keyof TemporalEnvironment) => readNamedFile(environment, name);
  return {
    ...(ca !== undefined && { serverRootCACertificate: read('TEMPORAL_TLS_CA') }),
    ...(cert !== undefined && {
      clientCertPair: { crt: read('TEMPORAL_TLS_CERT'), key: read('TEMPORAL_TLS_KEY') },
    }),
    ...(serverNameOverride !== undefined && { serverNameOverride }),
  };
}

/**
 * The server that an environment names: in plain, by TLS, with a client certificate (mTLS), or with
 * an API key, which implies TLS.
 * @throws ConfigError where a file cannot be read
 */
export function temporalServer(environment: TemporalEnvironment): TemporalServer {
  const { TEMPORAL_ADDRESS: address, TEMPORAL_API_KEY: apiKey } = environment;
  const tls = tlsOf(environment);
  return { address, ...(tls !== undefined && { tls }), ...(apiKey !== undefined && { apiKey }) };
}
