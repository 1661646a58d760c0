import { type FlowVariable, limits, type RunEvent } from '@crmflow/contracts';
import type { RunState } from '../state.js';
import { inScope } from '../transcript.js';
import { type Known, knownAtStart } from './known.js';
import { createSpeaking } from './speaking.js';

/** What a log says of a run's state after its newest event. */
export type Rebuilt = Pick<
  RunState,
  'seq' | 'clock' | 'visits' | 'transcript' | 'logSize' | 'spoke'
> &
  Known;

/** Reads a run's log, event by event, and knows the state to which it leads. */
export type Rebuild = {
  /** Takes the next events; any number at a time, in order and without gaps. */
  read(events: readonly RunEvent[]): void;
  state(): Rebuilt;
  /**
   * What the run knew after an event.
   * @throws Error where that was not asked for at the beginning, or was not read yet
   */
  knownAt(seq: number): Known;
};

/**
 * Rebuilds a run's state from its log alone. Where the run has gone back before, by a retry, so
 * does this: what it knew is then that of an earlier event.
 * @param variables those of the version by which the log begins: their defaults are not told
 * @param marks events after which `knownAt` will be asked for, or to which the log itself goes
 *   back (`resumed.afterSeq` of its `run.started`)
 */
export function createRebuild(
  variables: readonly FlowVariable[],
  marks: readonly number[],
): Rebuild {
  const marked = new Set(marks);
  const knownAfter = new Map<number, Known>();
  const visits: RunState['visits'] = {};
  let known = knownAtStart(variables);
  let messages: RunState['transcript'] = [];
  const speaking = createSpeaking();
  let clock = 0;
  let logSize = 0;
  let seq = 0;

  const copy = ({ variables: all, fault }: Known): Known => ({ variables: { ...all }, fault });

  const knownAt = (at: number): Known => {
    const found = knownAfter.get(at);
    if (!found) throw new Error(`the log was not marked after event ${at}`);
    return copy(found);
  };

  const reach = ({ nodeId, visit }: RunEvent) => {
    if (nodeId === undefined || visit === undefined) return;
    visits[nodeId] = Math.max(visits[nodeId] ?? 0, visit);
  };

  const apply = (event: RunEvent) => {
    switch (event.type) {
      case 'run.started':
        speaking.restart();
        if (event.data.resumed?.afterSeq !== undefined) {
          known = knownAt(event.data.resumed.afterSeq);
        }
        break;
      case 'node.activated':
      case 'node.completed':
        reach(event);
        break;
      case 'node.failed':
        known.fault = {
          ...event.data,
          ...(event.nodeId !== undefined && { nodeId: event.nodeId }),
        };
        break;
      case 'variable.set':
        known.variables[event.data.name] = event.data.value;
        break;
      case 'control.changed':
        speaking.read(event);
        break;
      case 'message':
        messages.push({ id: event.data.id, role: event.data.role, text: event.data.text });
        if (messages.length > 2 * limits.messagesInScope) messages = inScope(messages);
        break;
      default:
    }
  };

  const mark = () => {
    if (marked.has(seq)) knownAfter.set(seq, copy(known));
  };

  mark();
  return {
    read(events) {
      for (const event of events) {
        apply(event);
        ({ seq } = event);
        logSize += JSON.stringify(event.data).length;
        clock = Math.max(clock, event.at);
        mark();
      }
    },
    state: () => ({
      seq,
      clock,
      logSize,
      visits: { ...visits },
      transcript: inScope(messages),
      ...speaking.state(),
      ...copy(known),
    }),
    knownAt,
  };
}
