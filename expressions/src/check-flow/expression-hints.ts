import { because, type FlowIssue, type FlowNode, issueOf, type Reason } from '@crmflow/contracts';
import { fixedOffset } from '../cel/functions/time.js';
import type { Node } from '../cel/parse.js';
import { isZone } from '../zones/zone.js';
import { expressionsIn, nodesIn, type Source, sourcesOf } from './sources.js';

const literal = (node: Node | undefined) => (node?.op === 'value' ? node.args : undefined);

/** `x / 2` of a whole number drops the rest, which people who write it rarely mean. */
function division(node: Node): Reason | undefined {
  if (node.op !== '/') return undefined;
  const [left, right] = node.args.map(literal);
  if (typeof right !== 'bigint' || right <= 1n || typeof left === 'number') return undefined;
  const example = typeof left === 'bigint' ? left : right + right / 2n + 1n;
  const result = String(example / right);
  return because('division_drops_rest', {
    ...{ divisor: String(right), example: `${example} / ${right}`, result },
  });
}

const daysInDuration = /^-?(?:P\d+[DW]|(?:24|48|72|96|120|144|168)h)/;

/** A day that is added as 24 hours is another hour of the day where clocks change in between. */
function addedDays(node: Node): Reason | undefined {
  if (node.op !== '+' && node.op !== '-') return undefined;
  const days = node.args.map((side) => {
    if (side.op !== 'call' || side.args[0] !== 'duration') return undefined;
    const text = literal(side.args[1][0]);
    return typeof text === 'string' && daysInDuration.test(text) ? text : undefined;
  });
  const text = days.find((one) => one !== undefined);
  return text === undefined ? undefined : because('day_of_24_hours', { duration: text });
}

const zoned = /^(?:get[A-Z]\w*|addDays|addMonths)$/;

/** The literal that names a zone in a call, if there is one. */
function zoneIn(node: Node): string | undefined {
  let text: unknown;
  if (node.op === 'rcall' && zoned.test(node.args[0])) text = literal(node.args[2].at(-1));
  if (node.op === 'call' && node.args[0] === 'timestamp') text = literal(node.args[1][1]);
  return typeof text === 'string' ? text : undefined;
}

function unknownZone(node: Node): Reason | undefined {
  const zone = zoneIn(node);
  if (zone === undefined || fixedOffset(zone) !== undefined || isZone(zone)) return undefined;
  return because('zone_unknown', { zone });
}

const hints = [division, addedDays, unknownZone];
/** Only an expression that has one of these is looked at more closely. */
const worthALook = /\/|duration|\.get|\.add|timestamp/;

function hintsIn({ field, ...source }: Source): FlowIssue[] {
  if (!worthALook.test(source.text)) return [];
  return expressionsIn(source).flatMap(({ expression, offset }) =>
    nodesIn(expression).flatMap((node) =>
      hints.flatMap((hint) => {
        const why = hint(node);
        return why ? [issueOf(why, { field, offset: offset + node.start })] : [];
      }),
    ),
  );
}

/** Warnings of expressions that work, but probably not as they are meant. */
export function checkHints(node: FlowNode): FlowIssue[] {
  return sourcesOf(node).flatMap(hintsIn);
}
