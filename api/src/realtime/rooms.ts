import type { ConversationPerson, FlowPerson } from '@crmflow/contracts';
import { type BusMessage, publish } from '@crmflow/db';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { VisitorStreams } from '../chat/visitor-streams.js';
import { conversationRoom, inboxRoom, ofPlace, placeOf } from './open-conversations.js';
import { flowRoom } from './open-flows.js';
import { createPresence, type Presence } from './presence.js';
import type { RealtimeServer } from './sockets.js';

/** What is told to everybody who is at one place: an open flow, an inbox, an open conversation. */
export type Rooms = {
  flows: Presence<FlowPerson>;
  conversations: Presence<ConversationPerson>;
  hear(message: RoomMessage): void;
  repeat(): void;
  close(): void;
};

type RoomMessage = Extract<
  BusMessage,
  {
    kind:
      'conversation' | 'inbox' | 'typing' | 'conversation-people' | 'flow-people' | 'flow-saved';
  }
>;

/** Brings what the bus says of flows and conversations to the sockets that are there. */
export function createRooms(
  io: RealtimeServer,
  {
    pool,
    visitors,
    logger,
  }: { pool: Pool; visitors: VisitorStreams; logger: Pick<Logger, 'warn'> },
): Rooms {
  const at = () => new Date().toISOString();
  const tell = (message: RoomMessage) => {
    publish(pool, message).catch((error: unknown) =>
      logger.warn({ err: error }, 'Nobody could be told who is there'),
    );
  };
  const flows = createPresence<FlowPerson>({
    tell: ({ place, ...said }) => tell({ kind: 'flow-people', workflowId: place, ...said }),
    onChange: (workflowId, people) =>
      io.to(flowRoom(workflowId)).emit('flow:people', { workflowId, at: at(), people }),
  });
  const toTeam = (workspaceId: string, conversationId: string) =>
    io.to([inboxRoom(workspaceId), conversationRoom(conversationId)]);
  const conversations = createPresence<ConversationPerson>({
    tell: ({ place, ...said }) => tell({ kind: 'conversation-people', ...ofPlace(place), ...said }),
    onChange(place, people) {
      const { workspaceId, conversationId } = ofPlace(place);
      toTeam(workspaceId, conversationId).emit('presence', { conversationId, at: at(), people });
    },
  });

  return {
    flows,
    conversations,
    hear(message) {
      switch (message.kind) {
        case 'conversation': {
          const { conversationId, workspaceId, seq, isFromVisitor } = message;
          visitors.wake(conversationId);
          if (workspaceId === undefined) return;
          toTeam(workspaceId, conversationId).emit('inbox:changed', {
            ...{ conversationId, workspaceId, at: at(), seq },
            ...(isFromVisitor !== undefined && { isFromVisitor }),
          });
          return;
        }
        case 'inbox': {
          const { conversationId, workspaceId, mentions } = message;
          toTeam(workspaceId, conversationId).emit('inbox:changed', {
            ...{ conversationId, workspaceId, at: at() },
            ...(mentions && { mentions }),
          });
          return;
        }
        case 'typing': {
          const { conversationId, workspaceId, by } = message;
          if (by === 'operator') visitors.typing(conversationId);
          else {
            toTeam(workspaceId, conversationId).emit('visitor:typing', {
              ...{ conversationId, workspaceId, at: at() },
            });
          }
          return;
        }
        case 'conversation-people': {
          const { workspaceId, conversationId, ...said } = message;
          conversations.hear({ place: placeOf(workspaceId, conversationId), ...said });
          return;
        }
        case 'flow-people': {
          const { workflowId, ...said } = message;
          flows.hear({ place: workflowId, ...said });
          return;
        }
        case 'flow-saved': {
          const { workflowId, revision, userId } = message;
          io.to(flowRoom(workflowId)).emit('flow:saved', {
            ...{ workflowId, at: at(), revision, userId },
          });
        }
      }
    },
    repeat() {
      flows.repeat();
      conversations.repeat();
    },
    close() {
      flows.close();
      conversations.close();
    },
  };
}
