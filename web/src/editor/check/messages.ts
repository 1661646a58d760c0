import type { FlowIssue, Json, JsonObject } from '@crmflow/contracts';
import type { SourceIssue } from '@crmflow/expressions';
import type { EditedFlow } from '../model/record.js';

/** How a text is read: CEL as a whole, a condition, or a text with CEL in `{{ }}`. */
export type SourceMode = 'expression' | 'condition' | 'template';

/** What expressions would see now, as far as it is known: from a test run. */
export type Sample = { vars: JsonObject; input: JsonObject; run: JsonObject; messages: Json[] };

/** A text of a field, and how it is read. */
export type Source = { mode: SourceMode; text: string };

/** What is asked of the worker: a whole flow, one text, or what a text comes to. */
export type CheckRequest =
  | { kind: 'flow'; version: number; flow: EditedFlow }
  | ({ kind: 'source'; id: number } & Source)
  | ({ kind: 'value'; id: number; scope: Sample } & Source);

/** What it answers, known by the request's number. */
export type CheckAnswer =
  | { kind: 'flow'; version: number; issues: FlowIssue[] }
  | { kind: 'source'; id: number; issues: SourceIssue[] }
  /** Without a value where the text cannot be worked out. */
  | { kind: 'value'; id: number; value?: Json };
