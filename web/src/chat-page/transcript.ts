import type {
  ConversationEvent,
  ConversationEventData,
  ConversationLive,
} from '@crmflow/contracts';

/** What a stream tells of a conversation: a numbered event, or what is live only. */
export type Frame =
  | { kind: 'event'; event: ConversationEvent }
  | { kind: 'chunk'; chunk: ConversationLive['chunk'] }
  | { kind: 'typing'; by: ConversationLive['typing']['by'] }
  | { kind: 'queue'; place: number | null };

/** A line of the transcript. */
export type Line = Exclude<ConversationEvent, { type: 'waiting' }>;

/** One message. */
export type Message = Extract<Line, { type: 'message' }>;

/** What the flow waits for. */
export type Waiting = ConversationEventData['waiting'];

/** What the page shows of a conversation. */
export type Transcript = {
  lastSeq: number;
  lines: readonly Line[];
  /** An answer while it is written, up to the first piece that is missing. */
  partial?: ConversationLive['chunk'];
  waiting?: Waiting;
  /** Who answers. */
  control: 'flow' | 'operator';
  isFinished: boolean;
  /** Which place the visitor has among those who wait for the team; null where they wait no longer. */
  place?: number | null;
};

/** Nothing is known yet. */
export const emptyTranscript: Transcript = {
  lastSeq: 0,
  lines: [],
  control: 'flow',
  isFinished: false,
};

/** Whether events are missing before this one: the transcript would skip it. */
export const isAhead = ({ lastSeq }: Transcript, { seq }: { seq: number }): boolean =>
  seq > lastSeq + 1;

function addChunk(transcript: Transcript, { id, offset, text }: ConversationLive['chunk']) {
  const { lines, partial, waiting, control, isFinished } = transcript;
  // It is late: a flow that waits, has ended or lets a person answer is not writing.
  if (waiting || isFinished || control === 'operator') return transcript;
  if (lines.some((line) => line.type === 'message' && line.id === id)) return transcript;
  const known = offset > 0 && partial?.id === id ? partial.text : '';
  // What was missed cannot be made up; the message brings the whole text.
  const isNext = offset <= known.length && offset + text.length >= known.length;
  const whole = isNext ? known.slice(0, offset) + text : known;
  return { ...transcript, partial: { id, offset: 0, text: whole } };
}

function addEvent(transcript: Transcript, event: ConversationEvent): Transcript {
  const { partial: _written, waiting, ...rest } = transcript;
  if (event.type === 'waiting') {
    const { expect, choices, deadline } = event;
    return { ...rest, lastSeq: event.seq, waiting: { expect, choices, deadline } };
  }
  const next = { ...rest, lastSeq: event.seq, lines: [...rest.lines, event] };
  switch (event.type) {
    case 'message': {
      const isAnswered = event.role === 'visitor';
      return { ...next, isFinished: false, ...(!isAnswered && waiting && { waiting }) };
    }
    case 'control': {
      // That the flow answers is news only after a person did.
      const isNews = event.by === 'operator' || transcript.control === 'operator';
      const lines = isNews ? next.lines : rest.lines;
      return { ...next, lines, control: event.by, ...(waiting && { waiting }) };
    }
    case 'finished':
      return { ...next, isFinished: true };
  }
}

/**
 * Adds what a stream tells. Each event counts once and only after the one before it, however often
 * and in whatever order they come.
 */
export function reduce(transcript: Transcript, frame: Frame): Transcript {
  switch (frame.kind) {
    case 'chunk':
      return addChunk(transcript, frame.chunk);
    case 'typing':
      return transcript;
    case 'queue':
      return { ...transcript, place: frame.place };
    case 'event':
      return frame.event.seq === transcript.lastSeq + 1
        ? addEvent(transcript, frame.event)
        : transcript;
  }
}
