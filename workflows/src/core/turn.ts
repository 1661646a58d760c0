import {
  englishSentence,
  type FlowNode,
  type IssuedCallback,
  type Json,
  type MessageRole,
  type RunError,
  type RunEvent,
  type RunEventData,
  type RunEventType,
  jsonBytes,
  limits,
  storable,
} from '@crmflow/contracts';
import { createMeter, FlowFault, type Meter } from '@crmflow/expressions';
import { callbackToken, callbackTokenHash } from '../callback-token.js';
import { NodeFault } from './node-fault.js';
import type { Program } from './program.js';
import type { Person, Reply, RunState } from './state.js';
import { inScope } from './transcript.js';

/** What a node takes by itself, and a character of its events until they are in the log. */
const nodeCost = 200;
const characterCost = 0.4;

const dayOf = (at: number) => Math.floor(at / 86_400_000);

/** Which execution of which node speaks. */
export type Visit = { node: FlowNode; visit: number; enteredAt: number };

/**
 * One turn of the interpreter: a draft of the next state and the events on the way there.
 * Nothing outside sees the draft before the turn is over.
 */
export class Turn {
  readonly events: RunEvent[] = [];
  /** The addresses that its texts have in them. */
  readonly callbacks: IssuedCallback[] = [];
  /** JSON characters of the events so far: what a flush will carry. */
  size = 0;
  /** The work of expressions at the nodes before this one, in units of their cost. */
  work = 0;
  /** How many nodes it has met. */
  nodes = 0;
  /** Counts the work of expressions at this node. */
  meter: Meter = createMeter();
  state: RunState;

  constructor(
    readonly program: Program,
    state: RunState,
  ) {
    this.state = { ...state, visits: { ...state.visits } };
  }

  /** Moves the run's clock; it never goes back. */
  tick(at: number): void {
    this.state.clock = Math.max(this.state.clock, at);
  }

  /** Something came from outside: what a run may do without that is counted from there. */
  progress(): void {
    this.state.steps = 0;
    this.state.logSizeAtProgress = this.state.logSize;
  }

  /** All that it has taken so far, in units of the work of expressions: some 5,000 a millisecond. */
  get cost(): number {
    return Math.round(this.work + this.nodes * nodeCost + this.size * characterCost);
  }

  /** Starts to count the work of another node. */
  meterNode(): void {
    this.nodes += 1;
    this.work += this.meter.spent;
    this.meter = createMeter();
  }

  emit<T extends RunEventType>(type: T, data: RunEventData[T], at?: Visit): void {
    this.state.seq += 1;
    const event = {
      seq: this.state.seq,
      at: this.state.clock,
      type,
      ...(at && { nodeId: at.node.id, visit: at.visit }),
      data,
    } as RunEvent;
    const size = JSON.stringify(data).length;
    this.size += size;
    this.state.logSize += size;
    this.events.push(event);
  }

  /** Adds a message to the transcript and emits it. */
  say(role: MessageRole, id: string, text: string, at?: Visit, finishReason?: string): void {
    const message = { id, role, text };
    const cut = finishReason === 'MAX_TOKENS' && { finishReason: 'MAX_TOKENS' as const };
    this.emit('message', { ...message, ...cut }, at);
    this.state.transcript = inScope([...this.state.transcript, message]);
  }

  /**
   * What a node says that goes on without an answer of the model: the text for customers, or '' where
   * they know it. Emits that it stands for the answer.
   */
  textInstead(code: string, customerText: string, visit: Visit): string {
    const text = this.tellsInstead() ? customerText : '';
    const usage = { inputTokens: 0, outputTokens: 0 };
    this.emit('ai.completed', { text, usage, fallback: { kind: 'text', code } }, visit);
    return text;
  }

  /**
   * Whether to say what customers read instead of an answer of the model. Once a day (UTC) it is: from
   * then on they know.
   */
  tellsInstead(): boolean {
    const { insteadAt, clock } = this.state;
    const isKnown = insteadAt !== undefined && dayOf(insteadAt) === dayOf(clock);
    if (!isKnown) this.state.insteadAt = clock;
    return !isKnown;
  }

  /** Adds what a person of the team says, who has a name. */
  sayAs({ name }: Person, id: string, text: string): void {
    const message = { id, role: 'operator' as const, text };
    this.emit('message', { ...message, ...(name !== '' && { name }) });
    this.state.transcript = inScope([...this.state.transcript, message]);
  }

  /**
   * Adds the messages of a reply, each at its own time; its end is when the run goes on.
   * @param visit missing where they answer no node
   */
  hear({ messages, at }: Reply, visit?: Visit): void {
    for (const { messageId, text, at: sentAt, isTold } of messages) {
      this.tick(sentAt);
      if (!isTold) this.say('user', messageId, text, visit);
    }
    this.tick(at);
  }

  /**
   * Sets a variable and emits it.
   * @throws NodeFault `value_too_large`, `variables_too_large`
   */
  assign(name: string, raw: Json, at?: Visit): void {
    const value = storable(raw);
    const bytes = jsonBytes(value);
    if (bytes > limits.valueBytes) {
      throw new NodeFault(
        'value_too_large',
        `The value of "${name}" has ${bytes} bytes; the limit is ${limits.valueBytes}. Keep only the part that you need.`,
      );
    }
    const sizes = { ...this.state.variableBytes, [name]: bytes };
    const total = Object.values(sizes).reduce((sum, size) => sum + size, 0);
    if (total > limits.variablesBytes) {
      throw new NodeFault(
        'variables_too_large',
        `With "${name}" the variables have ${total} bytes; the limit is ${limits.variablesBytes}. Clear the variables that you no longer need.`,
      );
    }
    this.state.variableBytes = sizes;
    this.state.variables = { ...this.state.variables, [name]: value };
    this.emit('variable.set', { name, value }, at);
  }

  /**
   * The address that answers a callback node, for `callbackUrl()` at a visit: for that visit where the
   * node asks about itself, else for the next visit to the node.
   * @throws FlowFault `expression_failed` where no node is meant, or the run can make no addresses
   */
  callbackUrl({ node, visit }: Visit, name?: string): string {
    const { callbacks, findCallback } = this.program;
    if (!callbacks) {
      const message = 'callbackUrl() works only in runs that began with this release';
      throw new FlowFault('expression_failed', message);
    }
    const found = findCallback(node.id, name);
    if ('why' in found) throw new FlowFault('expression_failed', englishSentence(found.why));
    const { nodeId } = found;
    const itsVisit = nodeId === node.id ? visit : (this.state.visits[nodeId] ?? 0) + 1;
    const token = callbackToken(callbacks.secret, nodeId, itsVisit);
    const tokenHash = callbackTokenHash(token);
    if (!this.callbacks.some((one) => one.tokenHash === tokenHash)) {
      this.callbacks.push({ nodeId, visit: itsVisit, tokenHash });
    }
    return `${callbacks.base}${token}`;
  }

  /** Ends the run. */
  finish(status: 'completed' | 'failed' | 'cancelled' | 'timed_out', error?: RunError): void {
    const output = status === 'completed' ? { output: this.state.variables } : {};
    this.emit('run.finished', { status, ...output, ...(error && { error }) });
    delete this.state.held;
    this.state.position = { kind: 'ended', status, ...(error && { error }) };
  }
}
