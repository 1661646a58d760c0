import type { ErrorCode } from '@crmflow/contracts';
import { storable } from '@crmflow/contracts/storable';

/** Addresses and quoted answers may be long; an error is read by people. */
const maxMessage = 1_000;

/** What a caller of the outside may know of a fault, besides its code and message. */
export type CallErrorOptions = {
  /** Whether another attempt can end better. */
  retryable: boolean;
  /** HTTP status, where the other side gave one. */
  status?: number;
  /** The pause that the other side asked for, in milliseconds. */
  retryAfterMs?: number;
  /** What the customer is to read in place of an answer. */
  customerText?: string;
  /** What only the log may tell. */
  forLog?: string;
};

/** A call to the outside failed in a way that we know. The message says what, where and what to do. */
export class CallError<Code extends ErrorCode = ErrorCode> extends Error {
  readonly code: Code;
  readonly retryable: boolean;
  readonly status: number | undefined;
  readonly retryAfterMs: number | undefined;
  readonly customerText: string | undefined;
  readonly forLog: string | undefined;

  constructor(code: Code, message: string, options: CallErrorOptions) {
    super(storable(message.slice(0, maxMessage)));
    this.name = 'CallError';
    this.code = code;
    this.retryable = options.retryable;
    this.status = options.status;
    this.retryAfterMs = options.retryAfterMs;
    this.customerText = options.customerText;
    this.forLog = options.forLog;
  }
}
