import { type FieldError, formatPath } from '@crmflow/contracts';
import { AppError } from '../errors/app-error.js';

const maxDepth = 100;
const maxErrors = 20;
/** A flow of the largest size has less than half as many. */
const maxValues = 200_000;

function textFault(text: string): string | undefined {
  if (text.includes('\0')) return 'contains a NUL character. Remove it';
  if (!text.isWellFormed()) return 'contains half of a surrogate pair. Remove it';
  return undefined;
}

/**
 * Faults that no database column could keep and no schema need repeat: NUL characters, halves of
 * surrogate pairs, `__proto__` as a key, nesting that would exhaust the stack of a checker, and
 * more values than one has time to check.
 * @returns at most twenty
 */
export function storableFaults(body: unknown): FieldError[] {
  const faults: FieldError[] = [];
  // Grows and shrinks with the walk: written out for faults only.
  const path: PropertyKey[] = [];
  let values = 0;

  const isOver = () => faults.length >= maxErrors || values > maxValues;
  const blame = (message: string) => {
    if (!isOver()) faults.push({ path: formatPath(path.slice(0, 20)), message });
  };
  const lookInto = (key: PropertyKey, value: unknown) => {
    path.push(key);
    look(value);
    path.pop();
  };
  function look(value: unknown): void {
    values += 1;
    if (typeof value === 'string') {
      const fault = textFault(value);
      if (fault) blame(fault);
    } else if (value !== null && typeof value === 'object') {
      if (path.length >= maxDepth) {
        blame(`is nested deeper than ${maxDepth} levels`);
      } else if (Array.isArray(value)) {
        for (let index = 0; index < value.length && !isOver(); index += 1) {
          lookInto(index, value[index]);
        }
      } else {
        for (const key of Object.keys(value)) {
          if (isOver()) return;
          const fault = key === '__proto__' ? 'is a reserved name' : textFault(key);
          if (fault) blame(`has a key that ${fault}`);
          lookInto(key, (value as Record<string, unknown>)[key]);
        }
      }
    }
  }

  look(body);
  if (values > maxValues) {
    faults.push({ path: '', message: `has more than ${maxValues} values in all. Send fewer` });
  }
  return faults;
}

/** @throws AppError `invalid` where something cannot be stored */
export function requireStorable(body: unknown): void {
  const errors = storableFaults(body);
  if (errors.length === 0) return;
  const detail = 'Some of it cannot be stored. See `errors` for each field and how to fix it.';
  throw new AppError('invalid', detail, { errors });
}
