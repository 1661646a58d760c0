import {
  because,
  type FlowIssue,
  type Graph,
  issueOf,
  variablesOf,
  waitsFor,
} from '@crmflow/contracts';
import { expressionsIn } from './sources.js';

const fromOutside: ReadonlySet<string | null> = new Set(['reply', 'callback']);

/** The variables that hold what visitors have said, as they said it or as fields of it, and what calls brought. */
function saidByVisitors({ nodes }: Graph): Set<string> {
  return new Set(nodes.filter((node) => fromOutside.has(waitsFor(node))).flatMap(variablesOf));
}

/** What of an expression a visitor can put into it; undefined where nothing. */
function visitorPart(expression: string, said: ReadonlySet<string>): string | undefined {
  if (/(?<![\w.])messages\b/.test(expression)) return 'messages';
  // What a contact is called, and how to reach them, is mostly what they said themselves.
  const [ofContact] =
    /(?<![\w.])contact\b(?!\.(?:id|locale|timezone)\b)(?:\.\w+)?/.exec(expression) ?? [];
  if (ofContact !== undefined) return ofContact;
  const reads = expression.matchAll(/\bvars(?:\.(\w+)|\[\s*["'](\w+)["']\s*\])/g);
  const names = [...reads].map(([, dotted, quoted]) => dotted ?? quoted ?? '');
  const name = names.find((one) => said.has(one));
  return name && `vars.${name}`;
}

/**
 * Warnings of system prompts that take in what visitors say: there it stands as if its author had
 * written it, and whatever a visitor tells the model to do would be an instruction.
 */
export function checkVisitorWords(graph: Graph): FlowIssue[] {
  const said = saidByVisitors(graph);
  return graph.nodes.flatMap((node): FlowIssue[] => {
    if (node.type !== 'ai' || !node.data.system) return [];
    const [part] = expressionsIn({ text: node.data.system, as: 'template' }).flatMap(
      ({ expression }) => visitorPart(expression, said) ?? [],
    );
    if (part === undefined) return [];
    const why = because('customer_words_in_system', { expression: part });
    return [issueOf(why, { field: 'system', nodeId: node.id })];
  });
}
