import { ai, aiData, aiWriting } from './ai.js';
import { branch, branchData, branchWriting } from './branch.js';
import { contact, contactData, contactWriting } from './contact.js';
import { flow, flowData, flowWriting } from './flow.js';
import { handoff, handoffData, handoffWriting } from './handoff.js';
import { http, httpData, httpWriting } from './http.js';
import { listen, listenData, listenWriting } from './listen.js';
import { respond, respondData, respondWriting } from './respond.js';
import { set, setData, setWriting } from './set.js';
import { speak, speakData, speakWriting } from './speak.js';
import { trigger, triggerData, triggerWriting } from './trigger.js';
import { wait, waitData, waitWriting } from './wait.js';
import type { NodeWriting } from './kind.js';

// Three tables and not one: browsers load the first, and bundlers leave out the others.

/** Every kind of node, in the order in which people meet them. */
export const nodeKinds = {
  ...{ trigger, speak, listen, ai, branch, set, wait, http, contact, handoff, respond, flow },
};

/** The id of a kind of node. */
export type KindId = keyof typeof nodeKinds;

/** How the schema of each kind's data is made; see `flow/node.ts`. */
export const nodeData = {
  trigger: triggerData,
  speak: speakData,
  listen: listenData,
  ai: aiData,
  branch: branchData,
  set: setData,
  wait: waitData,
  http: httpData,
  contact: contactData,
  respond: respondData,
  handoff: handoffData,
  flow: flowData,
} satisfies Record<KindId, unknown>;

/** What a model that writes flows is told about each kind. */
export const nodeWritings: Record<KindId, NodeWriting> = {
  trigger: triggerWriting,
  speak: speakWriting,
  listen: listenWriting,
  ai: aiWriting,
  branch: branchWriting,
  set: setWriting,
  wait: waitWriting,
  http: httpWriting,
  contact: contactWriting,
  respond: respondWriting,
  handoff: handoffWriting,
  flow: flowWriting,
};
