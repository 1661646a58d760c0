import type { RunEvent } from '@crmflow/contracts';
import {
  accept,
  advance,
  dequeue,
  dequeueDuringCall,
  enqueue,
  shortTurn,
  wakesAt,
  type Arrival,
  type CallOutcome,
  type CallSuspension,
  type Program,
  type RunState,
  type TurnLimit,
} from '@crmflow/workflows/core';

/** What came of a call: after how long, and whether the test has to let that time pass itself. */
export type Answered = { outcome: CallOutcome; takesMs: number; isSlow: boolean };

/** Answers a call, with what the run knows by then. */
export type AnswerCall<A> = (call: CallSuspension, program: Program, state: RunState) => A;

/** How much a play may do before it ends with a fault. */
export type PlayBounds = {
  /** Nodes that are visited. */
  visits: number;
  /** Characters of the events' data. */
  logSize: number;
  /** An instant of `performance.now()`. */
  until: number;
};

/** Why a play was ended from outside: it was too long. */
export class PlayTooLong extends Error {
  override readonly name = 'PlayTooLong';
}

/** How a play differs from the plain one, and must not tell another story. */
export type PlayManner = {
  /** What becomes of the state where the run could go on as a new execution. */
  between?: (state: RunState) => RunState;
  /** When a turn is over. */
  turnLimit?: () => TurnLimit;
};

type Pending = { call: CallSuspension; endsAt: number; answered: Answered };

/**
 * A run on the interpreter of production, with a clock of its own. What the shell around it does with
 * Temporal, this does at once: nothing is waited for and nothing is called.
 */
export class Play {
  /** Epoch milliseconds. */
  now: number;
  private pending: Pending | null = null;
  private visits = 0;
  private ticks = 0;

  constructor(
    public program: Program,
    public state: RunState,
    private readonly bounds: PlayBounds,
    private readonly tell: (event: RunEvent) => void,
    private readonly manner: PlayManner = {},
  ) {
    this.now = state.clock;
  }

  get hasEnded(): boolean {
    return this.state.position.kind === 'ended';
  }

  /** Whether it is at a call that takes time. */
  get isCalling(): boolean {
    return this.pending !== null;
  }

  /** Takes events in, and stops where it is too much. */
  private took(events: readonly RunEvent[]): void {
    for (const event of events) {
      if (event.type === 'node.activated') this.visits += 1;
      this.tell(event);
    }
    if (this.visits > this.bounds.visits) {
      throw new PlayTooLong(`It visited more than ${this.bounds.visits} nodes.`);
    }
    if (this.state.logSize > this.bounds.logSize) {
      throw new PlayTooLong(`It said and set more than ${this.bounds.logSize / 1e6} MB.`);
    }
    this.ticks += 1;
    if (this.ticks % 64 === 0 && performance.now() > this.bounds.until) {
      throw new PlayTooLong('It took too long.');
    }
  }

  private go(): void {
    const { between, turnLimit } = this.manner;
    do {
      const progress = advance(this.program, this.state, turnLimit?.() ?? shortTurn);
      this.state = progress.state;
      this.took(progress.events);
    } while (this.state.position.kind === 'ready' || this.state.position.kind === 'start');
    if (between && !this.pending) this.state = between(this.state);
  }

  private *callNext<A>(answer: AnswerCall<A>): Generator<A, void, Answered> {
    const { position, held, clock } = this.state;
    if (position.kind !== 'call' || held) return;
    const answered = yield answer(position, this.program, this.state);
    this.pending = { call: position, endsAt: clock + answered.takesMs, answered };
  }

  /** What ended the call by now: its outcome, or that somebody has cancelled the run before. */
  private ended({ endsAt, answered }: Pending) {
    const cancel = this.state.inbox.find((one) => one.kind === 'cancel');
    if (cancel && cancel.at < endsAt) {
      const error = { code: 'cancelled', message: 'The call was cancelled.' };
      const outcome = { ok: false, cancelled: true, error } as const;
      return { kind: 'outcome', at: cancel.at, outcome } as const;
    }
    if (endsAt > this.now) return undefined;
    return { kind: 'outcome', at: endsAt, outcome: answered.outcome } as const;
  }

  private next() {
    const { position } = this.state;
    const { pending } = this;
    // A call that a person has left is cancelled: nobody hears of it any more.
    if (pending && (position.kind !== 'call' || position.call !== pending.call.call)) {
      this.pending = null;
    }
    if (!this.pending) return dequeue(this.program, this.state, this.now);
    const taken = dequeueDuringCall(this.state, this.ended(this.pending));
    if (taken?.input.kind === 'outcome') this.pending = null;
    return taken;
  }

  /** Takes all that has arrived and is due by now, and lets time pass for calls that need some. */
  *settle<A>(answer: AnswerCall<A>): Generator<A, void, Answered> {
    for (;;) {
      const taken = this.next();
      if (taken) {
        const progress = accept(this.program, taken.state, taken.input);
        this.program = progress.program;
        this.state = progress.state;
        this.took(progress.events);
        this.go();
        continue;
      }
      if (this.pending) {
        const { endsAt, answered } = this.pending;
        if (answered.isSlow || this.state.held) return;
        this.now = Math.max(this.now, endsAt);
      } else {
        yield* this.callNext(answer);
        if (!this.pending) return;
      }
    }
  }

  /** Begins the run. */
  *begin<A>(answer: AnswerCall<A>): Generator<A, void, Answered> {
    this.go();
    yield* this.settle(answer);
  }

  /** Gives it what arrives now. */
  *arrive<A>(arrivals: readonly Arrival[], answer: AnswerCall<A>): Generator<A, void, Answered> {
    for (const arrival of arrivals) this.state = enqueue(this.state, arrival);
    yield* this.settle(answer);
  }

  /** When it goes on by itself; undefined where it never does. Epoch milliseconds. */
  get wakesAt(): number | undefined {
    return this.pending?.endsAt ?? wakesAt(this.program, this.state);
  }

  /** Lets time pass up to an instant; what is due on the way happens in its order. */
  *passUntil<A>(at: number, answer: AnswerCall<A>): Generator<A, void, Answered> {
    for (let due = this.wakesAt; due !== undefined && due <= at; due = this.wakesAt) {
      this.now = Math.max(this.now, due);
      const before = this.state;
      yield* this.settle(answer);
      if (this.state === before) break;
    }
    this.now = Math.max(this.now, at);
    yield* this.settle(answer);
  }
}
