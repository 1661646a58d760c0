import { because, type FlowIssue, type FlowNode, issueOf } from '@crmflow/contracts';
import { FlowFault } from '../fault.js';
import { parseTemplate } from '../template/parse.js';

/** The texts that customers read as they are written. */
function textsOf(node: FlowNode): [field: string, text: string | undefined][] {
  switch (node.type) {
    case 'speak':
      return [['text', node.data.text]];
    case 'listen':
      return [
        ['retryText', node.data.retryText],
        ...node.data.reminders.map(({ text }, index): [string, string] => [
          `reminders[${index}].text`,
          text,
        ]),
      ];
    case 'ai':
      return [['fallback.text', node.data.fallback?.text]];
    case 'trigger':
    case 'logic':
    case 'integration':
      return [];
  }
}

function strayIn(field: string, text: string, offset: number): FlowIssue[] {
  const name = /\{\s*(?:vars\.)?([A-Za-z_]\w*)\s*\}/.exec(text);
  if (name?.[1] !== undefined) {
    const why = because('brace_single', { text: name[0], name: name[1] });
    return [issueOf(why, { field, offset: offset + name.index })];
  }
  const closing = text.indexOf('}}');
  return closing < 0 ? [] : [issueOf(because('brace_stray'), { field, offset: offset + closing })];
}

function braces(field: string, template: string): FlowIssue[] {
  try {
    let at = 0;
    return parseTemplate(template).flatMap((part) => {
      if ('expression' in part) {
        at = part.offset + part.expression.length + 2;
        return [];
      }
      const start = at;
      at += part.text.length;
      return strayIn(field, part.text, start);
    });
  } catch (error) {
    // What is wrong with the template is told by its own check.
    if (error instanceof FlowFault) return [];
    throw error;
  }
}

/** Warnings of braces that a customer would read: `{name}`, and `}}` without its `{{`. */
export function checkBraces(node: FlowNode): FlowIssue[] {
  return textsOf(node).flatMap(([field, text]) => (text ? braces(field, text) : []));
}
