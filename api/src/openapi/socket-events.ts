import {
  ackSchemas,
  clientEventSchemas,
  flowEventSchemas,
  inboxEventSchemas,
  liveEventSchemas,
  runEventDataSchemas,
  rewoundSchema,
  socketEventOf,
} from '@crmflow/contracts';
import type { z } from 'zod';
import type { JsonSchema, JsonSchemas } from './json-schemas.js';

/** What a client may send, and what the acknowledgement carries. */
export type ClientEvent = {
  name: string;
  description: string;
  payload: JsonSchema;
  ack: JsonSchema;
};

/** What a client is told; a numbered event carries `seq` and is in the log. */
export type ServerEvent = {
  name: string;
  description: string;
  numbered: boolean;
  payload: JsonSchema;
};

/** The other half of the contract, which OpenAPI has no words for. */
export type SocketEvents = {
  description: string;
  toServer: ClientEvent[];
  toClient: ServerEvent[];
};

const description = `Connect with Socket.IO to the address of the installation, with \`auth: { token }\` or the cookie
of the session. Every event that a client sends takes an acknowledgement: \`{ ok: true, … }\`, or
\`{ ok: false, error: { code, message, errors? } }\` with the same codes as over HTTP.

A refused connection is a \`connect_error\` with the reason in \`data\`: \`{ code, message }\`. Socket.IO does
not reconnect automatically after one. Call \`connect()\` again, with growing pauses, after
\`database_unavailable\`, \`internal\` and \`too_many_connections\`. Sign in first after
\`unauthenticated\`, and do not try again after \`foreign_origin\`. A \`connect_error\` without \`data\` comes
from the network, or from an HTTP status; then Socket.IO does reconnect automatically.

The end of the session, a hundred refused events in a row and ten unknown ones end the connection:
\`disconnect\` with the reason \`io server disconnect\`. Socket.IO does not reconnect automatically then.

Every event that the server sends carries \`runId\`, or \`workflowId\` where it is about an open flow, or
\`conversationId\` where it is about a conversation, and \`at\`. Those with \`seq\` are the log: they come
once, ascending and without gaps, and name their \`nodeId\` and \`visit\` where they are about a node. After a broken connection attach again with the last \`seq\` as
\`afterSeq\`.`;

/** What the sockets say, from the schemas that check it. */
export function socketEvents(schemas: JsonSchemas): SocketEvents {
  const told = (schema: z.ZodType) => {
    const { description: text = '', ...payload } = schemas.body(schema);
    return { description: String(text), payload };
  };
  const names = Object.keys(clientEventSchemas) as (keyof typeof clientEventSchemas)[];
  const types = Object.keys(runEventDataSchemas) as (keyof typeof runEventDataSchemas)[];
  const live = {
    ...{ ...liveEventSchemas, 'run:rewound': rewoundSchema },
    ...{ ...flowEventSchemas, ...inboxEventSchemas },
  };
  return {
    description,
    toServer: names.map((name) => ({
      name,
      ...told(clientEventSchemas[name]),
      ack: schemas.body(ackSchemas[name]),
    })),
    toClient: [
      ...types.map((type) => ({
        name: socketEventOf[type],
        numbered: true,
        ...told(runEventDataSchemas[type]),
      })),
      ...Object.entries(live).map(([name, schema]) => ({ name, numbered: false, ...told(schema) })),
    ],
  };
}
