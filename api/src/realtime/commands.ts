import { type Ack, clientEventSchemas, fieldErrors, type RunSnapshot } from '@crmflow/contracts';
import type { z } from 'zod';
import type { Principal } from '../access/principal.js';
import type { Deps, RunDeps } from '../deps.js';
import { AppError } from '../errors/app-error.js';
import { requireStorable } from '../http/storable-body.js';
import type { RateLimit } from '../rate-limits/create-rate-limit.js';
import { cancelRun } from '../runs/cancel-run.js';
import { getSnapshot } from '../runs/get-snapshot.js';
import { sendMessage } from '../runs/send-message.js';
import { starterOf } from '../runs/earlier-request.js';
import { startRun } from '../runs/start-run.js';
import { advanceRun, continueRun, executeNode, setPausePoints } from '../runs/steps/command-run.js';
import type { AuthorizeRun } from './socket-access.js';
import type { OpenConversations } from './open-conversations.js';
import type { OpenFlows } from './open-flows.js';
import type { Subscriptions } from './subscriptions.js';

/** The events that clients may send. */
export type ClientEventName = keyof typeof clientEventSchemas;

/** The payload of one of them, checked. */
export type ClientPayload<K extends ClientEventName> = z.output<(typeof clientEventSchemas)[K]>;

function isAttaching(payload: unknown): boolean {
  return typeof payload === 'object' && payload !== null && 'runId' in payload;
}

/** The one shape that is meant, so that faults name fields instead of "no member of the union". */
function schemaFor(name: ClientEventName, payload: unknown): z.ZodType {
  if (name !== 'session:start') return clientEventSchemas[name];
  const [attach, start] = clientEventSchemas[name].options;
  return isAttaching(payload) ? attach : start;
}

/**
 * Checks what a client sent.
 * @throws AppError `invalid` with each fault and its path
 */
export function parseEvent<K extends ClientEventName>(name: K, payload: unknown): ClientPayload<K> {
  requireStorable(payload);
  const result = schemaFor(name, payload).safeParse(payload);
  if (result.success) return result.data as ClientPayload<K>;
  throw new AppError(
    'invalid',
    `${name} is not valid. See \`errors\` for each field and how to fix it.`,
    {
      errors: fieldErrors(result.error),
    },
  );
}

type Good<T> = Extract<Ack<T>, { ok: true }>;
type Started = Good<{ runId: string; snapshot: RunSnapshot }>;

/** Who sends, and how to answer. */
export type Sender = {
  principal: Principal;
  /** @throws AppError `not_found`, `forbidden` */
  authorizeRun: AuthorizeRun;
  subscriptions: Subscriptions;
  flows: OpenFlows;
  conversations: OpenConversations;
  acknowledge: (answer: Ack<object>) => void;
};

/** What each client event does; it acknowledges by itself, or throws. */
export type Commands = {
  [K in ClientEventName]: (payload: ClientPayload<K>, sender: Sender) => Promise<void>;
};

/**
 * The client events, carried out.
 * @param startLimit shared with REST: starting a run costs
 */
export function createCommands(
  deps: RunDeps & Pick<Deps, 'authorize' | 'budgets' | 'starts'>,
  startLimit: RateLimit,
): Commands {
  const confirm = (sender: Sender, started: Started) => sender.acknowledge(started);

  const attach = async (sender: Sender, runId: string, wanted?: number, fromStart = false) => {
    await sender.authorizeRun('transcript.read', runId);
    const { snapshot, epoch } = await sender.subscriptions.look(runId, () =>
      getSnapshot(deps, runId),
    );
    confirm(sender, { ok: true, runId, snapshot });
    const otherwise = fromStart ? 0 : snapshot.lastSeq;
    sender.subscriptions.follow({ snapshot, epoch, wanted, otherwise });
  };

  const command = async (sender: Sender, runId: string, act: () => Promise<object>) => {
    await sender.authorizeRun('run.command', runId);
    sender.acknowledge({ ok: true, ...(await act()) });
  };

  return {
    async 'session:start'(payload, sender) {
      if ('runId' in payload) return attach(sender, payload.runId, payload.afterSeq);
      await startLimit.consume(sender.principal.userId);
      const { workflowId, ...request } = payload;
      const flow = { kind: 'flow', id: workflowId } as const;
      const access = await deps.authorize(sender.principal, 'run.start', flow);
      const beginning = sender.subscriptions.begin();
      try {
        const starter = starterOf(access);
        const started = await startRun(deps, starter, workflowId, request, beginning.follow);
        const { runId } = started;
        if (!started.created) return await attach(sender, runId, undefined, true);
        confirm(sender, { ok: true, runId, snapshot: started.snapshot });
        beginning.release();
      } catch (error) {
        beginning.drop();
        throw error;
      }
    },
    'user:message': ({ runId, ...message }, sender) =>
      command(sender, runId, () => sendMessage(deps, runId, message)),
    'node:execute': ({ runId, ...place }, sender) =>
      command(sender, runId, () => executeNode(deps, runId, place)),
    'workflow:advance': ({ runId, ...place }, sender) =>
      command(sender, runId, () => advanceRun(deps, runId, place)),
    'workflow:continue': ({ runId, ...place }, sender) =>
      command(sender, runId, () => continueRun(deps, runId, place)),
    'workflow:pause_points': ({ runId, ...points }, sender) =>
      command(sender, runId, () => setPausePoints(deps, runId, points)),
    async 'flow:watch'({ workflowId }, { flows, acknowledge }) {
      acknowledge({ ok: true, ...(await flows.open(workflowId)) });
    },
    async 'flow:edit'({ workflowId, isEditing }, { flows, acknowledge }) {
      flows.edit(workflowId, isEditing);
      acknowledge({ ok: true });
    },
    async 'flow:leave'({ workflowId }, { flows, acknowledge }) {
      await flows.close(workflowId);
      acknowledge({ ok: true });
    },
    async 'inbox:watch'({ workspaceId }, { conversations, acknowledge }) {
      await conversations.watch(workspaceId);
      acknowledge({ ok: true });
    },
    async 'inbox:leave'({ workspaceId }, { conversations, acknowledge }) {
      await conversations.unwatch(workspaceId);
      acknowledge({ ok: true });
    },
    async 'conversation:watch'({ conversationId }, { conversations, acknowledge }) {
      acknowledge({ ok: true, ...(await conversations.open(conversationId)) });
    },
    async 'conversation:type'({ conversationId, isTyping }, { conversations, acknowledge }) {
      await conversations.type(conversationId, isTyping);
      acknowledge({ ok: true });
    },
    async 'conversation:leave'({ conversationId }, { conversations, acknowledge }) {
      await conversations.close(conversationId);
      acknowledge({ ok: true });
    },
    async 'session:end'({ runId }, { authorizeRun, acknowledge }) {
      await authorizeRun('run.cancel', runId);
      await cancelRun(deps, runId);
      acknowledge({ ok: true });
    },
  };
}
