import {
  codeOf,
  type ErrorCode,
  englishSentence,
  type Reason,
  type SourceReason,
} from '@crmflow/contracts';

/** The error codes by which expressions, templates and patterns fail. */
export type FaultCode = Extract<
  ErrorCode,
  | 'expression_invalid'
  | 'expression_failed'
  | 'expression_too_large'
  | 'expression_too_costly'
  | 'header_invalid'
  | 'pattern_invalid'
  | 'value_too_large'
>;

/**
 * A fault of the flow's own texts or of the values they meet: the only thing that this package
 * throws. Whoever evaluates catches it and makes it the node's error.
 */
export class FlowFault extends Error {
  override readonly name = 'FlowFault';

  /**
   * @param code stable, part of the contract
   * @param message what failed, where, and how to fix it
   * @param offset where in the source, in UTF-16 units, if that is known
   */
  constructor(
    readonly code: FaultCode,
    message: string,
    readonly offset?: number,
  ) {
    super(message);
  }
}

/** A fault of a text itself, which is found before any value is known. */
export class SourceFault extends FlowFault {
  /** @param offset where in the source, in UTF-16 units, if that is known */
  constructor(
    readonly why: Reason<SourceReason>,
    offset?: number,
  ) {
    super(codeOf(why.reason) as FaultCode, englishSentence(why), offset);
  }
}

/**
 * Runs `work` and turns whatever else it throws (a bug here, a call stack that is full) into a
 * FlowFault, because an unknown error would stall a workflow for ever.
 */
export function guarded<T>(code: FaultCode, what: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof FlowFault) throw error;
    throw new FlowFault(code, `${what} is nested too deeply or cannot be worked out`);
  }
}
