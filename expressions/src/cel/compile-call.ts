import { because } from '@crmflow/contracts';
import { compilePattern } from '../pattern.js';
import { charge } from './budget.js';
import { type Code, type Env, failed, findLocal, invalidAt, textOf } from './code.js';
import { compileHas } from './compile-access.js';
import { compileMacro, macroUsage } from './compile-macros.js';
import { choose, type Overload, takes } from './functions/overload.js';
import { formsOf } from './functions/table.js';
import { kindOf } from './kind-of.js';
import type { Node, NodeOf } from './parse.js';
import { inWords, type StaticKind } from './values.js';

type Call = { node: Node; name: string; shown: string; args: Code[]; method: boolean };

function wordsOf(kinds: readonly StaticKind[]): string {
  return kinds.map(inWords).join(', ') || 'nothing';
}

function unknown({ node, name, shown, method }: Call): Error {
  const other = formsOf(method ? shown : `.${name}`);
  const reason = !other ? 'function_unknown' : method ? 'method_is_function' : 'function_is_method';
  return invalidAt(node, because(reason, { name: shown }));
}

function usable(call: Call, forms: readonly Overload[]): Overload[] {
  const { node, shown, args, method } = call;
  const ofArity = forms.filter(({ params }) => params.length === args.length);
  if (ofArity.length === 0) {
    const hidden = method ? 1 : 0;
    const counts = [...new Set(forms.map(({ params }) => params.length - hidden))].join(' or ');
    const count = args.length - hidden;
    throw invalidAt(node, because('arguments_count', { name: shown, expected: counts, count }));
  }
  const kinds = args.map(({ kind }) => kind);
  const fitting = ofArity.filter(({ params }) =>
    params.every((param, i) => takes(param, kinds[i] ?? 'dyn')),
  );
  if (fitting.length > 0) return fitting;
  throw invalidAt(node, because('arguments_invalid', { name: shown, kinds: kinds.join(', ') }));
}

function resultOf(forms: readonly Overload[]): StaticKind {
  const [first, ...others] = forms.map(({ result }) => result);
  return first !== undefined && others.every((kind) => kind === first) ? first : 'dyn';
}

function compileFunction(call: Call, env: Env): Code {
  const known = formsOf(call.name);
  if (!known) throw unknown(call);
  const forms = usable(call, known);
  const text = textOf(call.node, env);
  const { args, shown } = call;
  return {
    kind: resultOf(forms),
    run: (frame) => {
      const values = args.map(({ run }) => run(frame));
      charge(frame.budget, 1);
      const form = choose(forms, values);
      if (form) return form.run(frame.budget, values);
      throw failed(`${text}: ${shown}() cannot take ${wordsOf(values.map(kindOf))}`);
    },
  };
}

/** A pattern that is written out is checked at once, not when the run comes to it. */
function checkPattern(name: string, node: Node | undefined): void {
  if (!name.endsWith('matches') || node?.op !== 'value' || typeof node.args !== 'string') return;
  compilePattern(node.args);
}

/** Compiles `f(a)`. */
export function compileCall(node: NodeOf<'call'>, env: Env): Code {
  const [name, args] = node.args;
  if (name === 'has') return compileHas(node, env);
  checkPattern(name, args[1]);
  const codes = args.map((arg) => env.compile(arg, env));
  return compileFunction({ node, name, shown: name, args: codes, method: false }, env);
}

/** Compiles `a.f(b)`: a macro, a function of a namespace, or a method. */
export function compileMethod(node: NodeOf<'rcall'>, env: Env): Code {
  const macro = compileMacro(node, env);
  if (macro) return macro;
  const [name, target, args] = node.args;
  const usage = macroUsage.get(name);
  if (usage) throw invalidAt(node, because('macro_usage', { name, usage }));
  checkPattern(name, args[0]);
  const spaced = target.op === 'id' && !findLocal(env, target.args) ? `${target.args}.${name}` : '';
  if (formsOf(spaced)) {
    const codes = args.map((arg) => env.compile(arg, env));
    return compileFunction({ node, name: spaced, shown: spaced, args: codes, method: false }, env);
  }
  const codes = [target, ...args].map((arg) => env.compile(arg, env));
  return compileFunction({ node, name: `.${name}`, shown: name, args: codes, method: true }, env);
}
