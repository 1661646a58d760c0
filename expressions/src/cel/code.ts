import type { Reason, SourceReason } from '@crmflow/contracts';
import { FlowFault, SourceFault } from '../fault.js';
import type { Scope } from '../scope.js';
import type { Budget } from './budget.js';
import type { Node } from './parse.js';
import type { StaticKind, Value } from './values.js';

/** What one evaluation works on. */
export type Frame = {
  scope: Scope;
  budget: Budget;
  /** Variables of macros, by slot. */
  locals: Value[];
};

/** A compiled part of an expression: how to work it out, and what is known of its type. */
export type Code = { run: (frame: Frame) => Value; kind: StaticKind };

/** A variable of a macro that is visible here. */
export type Local = { name: string; slot: number; kind: StaticKind; outer: Local | undefined };

/** What the compilation of a part needs to know. */
export type Env = {
  source: string;
  locals: Local | undefined;
  /** Compiles a part; a field so that the files of the compiler need not import each other. */
  compile: (node: Node, env: Env) => Code;
};

/** The variable of a macro by its name, the innermost first. */
export function findLocal(env: Env, name: string): Local | undefined {
  for (let local = env.locals; local; local = local.outer) if (local.name === name) return local;
  return undefined;
}

/** An environment in which one more variable is visible, and its slot. */
export function withLocal(env: Env, name: string, kind: StaticKind): { env: Env; slot: number } {
  const slot = env.locals ? env.locals.slot + 1 : 0;
  return { env: { ...env, locals: { name, slot, kind, outer: env.locals } }, slot };
}

/** A fault of the source at a node. */
export function invalidAt(node: Node, why: Reason<SourceReason>): SourceFault {
  return new SourceFault(why, node.start);
}

/** The text of a node, shortened, to name it in messages. */
export function textOf(node: Node, env: Env): string {
  const text = env.source.slice(node.start, node.end).replace(/\s+/g, ' ');
  return text.length > 80 ? `${text.slice(0, 79)}…`.toWellFormed() : text;
}

/** A fault while an expression is worked out, such as a missing variable. */
export function failed(message: string): FlowFault {
  return new FlowFault('expression_failed', message);
}
