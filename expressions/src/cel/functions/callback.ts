import { type Budget, charge } from '../budget.js';
import { failed } from '../code.js';
import { form, type FunctionTable } from './overload.js';

/** A keyed hash, and the search for the node through the graph. */
const cost = 500;

function callbackUrl(budget: Budget, name?: string): string {
  if (!budget.callbackUrl) throw failed('callbackUrl() works only while a flow runs');
  charge(budget, cost);
  return budget.callbackUrl(name);
}

/** The one-time address that answers a listen node of `expect: "callback"`; see `createFindCallback`. */
export const callbackFunctions: FunctionTable = {
  callbackUrl: [
    form([], 'string', (budget) => callbackUrl(budget)),
    form(['string'], 'string', callbackUrl),
  ],
};
