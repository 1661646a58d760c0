import { type Json, parseDuration, type TestStep } from '@crmflow/contracts';
import { type Arrival, type Person, viewOf } from '@crmflow/workflows/core';
import type { AnswerCall, Answered, Play } from './play.js';

/** A step that cannot be done where the run stands. */
export class StepImpossible extends Error {
  override readonly name = 'StepImpossible';

  constructor(
    readonly expected: string,
    readonly got: string,
  ) {
    super(expected);
  }
}

const operator = (name = 'Operator'): Person => ({ userId: 'operator', name });

/** Where a run stands, in words. */
function standing({ program, state }: Pick<Play, 'program' | 'state'>): string {
  const { status } = viewOf(program, state);
  const { position } = state;
  const nodeId = 'nodeId' in position ? position.nodeId : undefined;
  const label = program.nodes.get(nodeId ?? '')?.label;
  const at = label === undefined ? '' : ` at “${label}”`;
  return `the run is ${status.replace('_', ' ')}${at}`;
}

/** Does to a run what the steps of a test say: the customer, a person of the team, and time. */
export class Actor {
  private by = operator();

  /** @param arrivals how much has arrived already: it numbers messages */
  constructor(
    private readonly play: Play,
    public arrivals = 0,
  ) {}

  private choiceFor(wanted: string): string {
    const { program, state } = this.play;
    const { choices = [] } = viewOf(program, state).waiting ?? {};
    const found = choices.find(({ value, label }) => value === wanted || label === wanted);
    if (found) return found.label || found.value;
    const offered = choices.map(({ label, value }) => `“${label || value}”`).join(', ');
    throw new StepImpossible(
      `the choice “${wanted}” on offer`,
      offered || `no choices: ${standing(this.play)}`,
    );
  }

  private callbackOf(value: Json): Arrival {
    const { state, now: at } = this.play;
    const { position } = state;
    if (position.kind === 'reply' && position.isForCallback) {
      const { nodeId, visit } = position;
      return { kind: 'callback', nodeId, visit, value, at };
    }
    throw new StepImpossible('a run that waits for a callback', standing(this.play));
  }

  private arrivalsOf(step: TestStep): Arrival[] {
    this.arrivals += 1;
    const { now: at } = this.play;
    const id = `test-${this.arrivals}`;
    if ('user' in step) return [{ kind: 'message', messageId: id, text: step.user, at }];
    if ('choose' in step) {
      return [{ kind: 'message', messageId: id, text: this.choiceFor(step.choose), at }];
    }
    if ('cancel' in step) return [{ kind: 'cancel', at }];
    if ('callback' in step) return [this.callbackOf(step.callback)];
    if (!('operator' in step)) return [];
    const { operator: act } = step;
    if ('takeOver' in act) {
      this.by = operator(act.name);
      return [{ kind: 'takeOver', id, by: this.by, at }];
    }
    if ('say' in act) return [{ kind: 'say', messageId: id, text: act.say, by: this.by, at }];
    const { handBack: how, nodeId, note } = act;
    const more = { ...(nodeId !== undefined && { nodeId }), ...(note !== undefined && { note }) };
    return [{ kind: 'handBack', id, how, ...more, by: this.by, at }];
  }

  /**
   * Takes a step that is no `expect`.
   * @throws StepImpossible
   */
  *take<A>(step: TestStep, answer: AnswerCall<A>): Generator<A, void, Answered> {
    const { play } = this;
    if ('after' in step) {
      yield* play.passUntil(play.now + (parseDuration(step.after) ?? 0), answer);
      return;
    }
    if (play.hasEnded) throw new StepImpossible('a run that has not ended', standing(play));
    // Of two acts in the same millisecond, production takes the first alone.
    if ('operator' in step) play.now += 1;
    yield* play.arrive(this.arrivalsOf(step), answer);
  }
}
