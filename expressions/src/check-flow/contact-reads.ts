import {
  because,
  type FlowIssue,
  type FlowNode,
  issueOf,
  unknownContact,
} from '@crmflow/contracts';
import { nearestName } from './nearest-name.js';
import { expressionsIn, nodesIn, sourcesOf } from './sources.js';

function reasonOf(name: string) {
  const suggestion = nearestName(name, Object.keys(unknownContact));
  return suggestion === undefined
    ? because('contact_field_unknown', { name })
    : because('contact_field_misspelt', { name, suggestion });
}

/** Only an expression that has this is looked at more closely. */
const worthALook = /\bcontact\s*\./;

/** Warnings of fields that expressions read although no contact has them: a run fails there. */
export function checkContactReads(node: FlowNode): FlowIssue[] {
  return sourcesOf(node).flatMap(({ field, ...source }) => {
    if (!worthALook.test(source.text)) return [];
    return expressionsIn(source).flatMap(({ expression, offset }) =>
      nodesIn(expression).flatMap((part): FlowIssue[] => {
        if (part.op !== '.') return [];
        const [owner, name] = part.args;
        const isContact = owner.op === 'id' && owner.args === 'contact';
        if (!isContact || Object.hasOwn(unknownContact, name)) return [];
        return [issueOf(reasonOf(name), { field, offset: offset + part.start })];
      }),
    );
  });
}
