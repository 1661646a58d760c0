import { callbackFunctions } from './callback.js';
import { collectionFunctions } from './collections.js';
import { conversionFunctions } from './conversions.js';
import { encodingFunctions, formatFunctions } from './format.js';
import { mathFunctions } from './math.js';
import type { Overload } from './overload.js';
import { textFunctions } from './text.js';
import { textPartFunctions } from './text-parts.js';
import { timeFunctions } from './time.js';

const table: ReadonlyMap<string, readonly Overload[]> = new Map(
  Object.entries({
    ...callbackFunctions,
    ...collectionFunctions,
    ...conversionFunctions,
    ...encodingFunctions,
    ...formatFunctions,
    ...mathFunctions,
    ...textFunctions,
    ...textPartFunctions,
    ...timeFunctions,
  }),
);

/** The forms of a function (`size`, `math.round`) or method (`.size`), if there is one. */
export function formsOf(name: string): readonly Overload[] | undefined {
  return table.get(name);
}

/** All names, methods with a dot before them. */
export function functionNames(): string[] {
  return [...table.keys()];
}
