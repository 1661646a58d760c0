import type { ModelSettings, sharedKeySettings } from '@crmflow/contracts/env';
import type { TemporalServer } from '@crmflow/temporal-config';

/** Who may register: anyone; the first account and then those who were invited; nobody. */
export type Registration = 'open' | 'invite' | 'closed';

/** What the API is told from outside. */
export type Config = {
  host: string;
  /** 0 for any free port. */
  port: number;
  /** A pooler in transaction mode, where `databaseDirectUrl` is another. */
  databaseUrl: string;
  /** For what needs a session of its own: notifications and locks. */
  databaseDirectUrl: string;
  /** Most connections of each of the two pools that answer requests. */
  databasePoolSize: number;
  /** From which size of the database on nothing new is taken, in bytes. */
  databaseLimitBytes: number;
  temporal: TemporalServer & { namespace: string; taskQueue: string };
  /** Where people reach the installation, without a slash at the end, if it was said. */
  publicUrl?: string;
  /** Origins whose pages may use the API with a session. */
  origins: string[];
  /** As Express takes it. */
  trustProxy: false | number | string;
  registration: Registration;
  /** 32 bytes in base64: stored keys are encrypted by it. */
  encryptionKey: string;
  /** Keys of before: they open what they sealed. */
  previousEncryptionKeys: string[];
  /** Which models there are, and by which keys of the installation. */
  models: ModelSettings;
  /** What the installation's keys for models may be used for. */
  sharedKey: ReturnType<typeof sharedKeySettings>;
  /** `host:port` entries that users' addresses may lead to whatever they are. */
  egressAllow: string[];
  /** The mail server; `?from=` says who mails. Without it mails are printed to the log. */
  smtpUrl?: string;
  rateLimits: boolean;
  /** Whoever sends it may read the metrics from anywhere. */
  metricsToken?: string;
  logLevel: string;
  /** Where traces are sent, if anywhere. */
  tracesEndpoint?: string;
};
