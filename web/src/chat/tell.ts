import type { LogEvent } from './log-event.js';
import type { Message, Story } from './story.js';

type EventOf<T extends LogEvent['type']> = Extract<LogEvent, { type: T }>;

function activate(story: Story, event: EventOf<'node.activated'>): Story {
  const { nodeId = '', visit = 1, data } = event;
  return { ...story, status: 'running', active: { nodeId, visit, state: 'active', ...data } };
}

function leave({ active, waiting, ...story }: Story, event: LogEvent): Story {
  return {
    ...story,
    status: 'running',
    ...(active && active.nodeId !== event.nodeId && { active }),
    ...(waiting && waiting.nodeId !== event.nodeId && { waiting }),
  };
}

function cite({ cited: _before, ...story }: Story, event: EventOf<'ai.completed'>): Story {
  const { nodeId, visit, data } = event;
  return data.sources?.length
    ? { ...story, cited: { nodeId, visit, sources: data.sources } }
    : story;
}

function say(story: Story, event: EventOf<'message'>): Story {
  const { at, nodeId, visit, data } = event;
  const { cited } = story;
  const isCited = data.role === 'ai' && cited?.nodeId === nodeId && cited?.visit === visit;
  if (story.messages.some(({ id }) => id === data.id)) return story;
  const message: Message = {
    ...data,
    at,
    ...(nodeId !== undefined && { nodeId }),
    ...(visit !== undefined && { visit }),
    ...(isCited && cited && { sources: cited.sources }),
  };
  const told = { ...story, messages: [...story.messages, message] };
  if (data.role !== 'user') return told;
  const { waiting: _answered, ...rest } = told;
  return { ...rest, status: 'running' };
}

function wait(story: Story, { nodeId = '', data }: EventOf<'waiting'>): Story {
  const active = story.active && { active: { ...story.active, state: 'waiting' as const } };
  return { ...story, ...active, status: 'waiting', waiting: { nodeId, ...data } };
}

function pause(story: Story, { nodeId = '', visit = 1 }: EventOf<'paused'>): Story {
  return { ...story, status: 'paused', active: { nodeId, visit, state: 'paused' } };
}

function finish(story: Story, { at, data }: EventOf<'run.finished'>): Story {
  const { active: _active, waiting: _waiting, error: _error, ...rest } = story;
  const { status, error } = data;
  return { ...rest, status, finishedAt: at, ...(error && { error }) };
}

function apply(story: Story, event: LogEvent): Story {
  switch (event.type) {
    case 'node.activated':
      return activate(story, event);
    case 'node.completed':
    case 'node.failed':
      return leave(story, event);
    case 'message':
      return say(story, event);
    case 'waiting':
      return wait(story, event);
    case 'paused':
      return pause(story, event);
    case 'run.finished':
      return finish(story, event);
    case 'ai.completed':
      return cite(story, event);
    case 'ai.started':
    case 'run.started':
    case 'variable.set':
      return story;
  }
}

/**
 * The story with one event more.
 * @param event the very next one; the caller keeps the order
 */
export function tell(story: Story, event: LogEvent): Story {
  return { ...apply(story, event), lastSeq: event.seq };
}
