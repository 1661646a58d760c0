import { because, type FlowIssue, type FlowNode, issueOf } from '@crmflow/contracts';
import { readTemplate, type Source, sourcesOf } from './sources.js';

function strayIn(field: string, text: string, offset: number): FlowIssue[] {
  const name = /\{\s*(?:vars\.)?([A-Za-z_]\w*)\s*\}/.exec(text);
  if (name?.[1] !== undefined) {
    const why = because('brace_single', { text: name[0], name: name[1] });
    return [issueOf(why, { field, offset: offset + name.index })];
  }
  const closing = text.indexOf('}}');
  return closing < 0 ? [] : [issueOf(because('brace_stray'), { field, offset: offset + closing })];
}

function braces({ field, text }: Source): FlowIssue[] {
  let at = 0;
  return readTemplate(text).flatMap((part) => {
    if ('expression' in part) {
      at = part.offset + part.expression.length + 2;
      return [];
    }
    const start = at;
    at += part.text.length;
    return strayIn(field, part.text, start);
  });
}

/** Warnings of braces that a customer would read: `{name}`, and `}}` without its `{{`. */
export function checkBraces(node: FlowNode): FlowIssue[] {
  return sourcesOf(node).flatMap((source) => (source.as === 'message' ? braces(source) : []));
}
