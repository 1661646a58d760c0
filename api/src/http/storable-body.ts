import { type FieldError, formatPath } from '@crmflow/contracts';

const maxDepth = 100;
const maxErrors = 20;

function textFault(text: string): string | undefined {
  if (text.includes('\0')) return 'contains a NUL character. Remove it';
  if (!text.isWellFormed()) return 'contains half of a surrogate pair. Remove it';
  return undefined;
}

/**
 * Faults that no database column could keep and no schema need repeat: NUL characters, halves of
 * surrogate pairs, `__proto__` as a key, and nesting that would exhaust the stack of a checker.
 * @returns at most twenty
 */
export function storableFaults(body: unknown): FieldError[] {
  const faults: FieldError[] = [];
  const open: { value: unknown; path: PropertyKey[] }[] = [{ value: body, path: [] }];
  const blame = (path: PropertyKey[], message: string) =>
    faults.push({ path: formatPath(path.slice(0, 20)), message });
  while (open.length > 0 && faults.length < maxErrors) {
    const { value, path } = open.pop()!;
    if (typeof value === 'string') {
      const fault = textFault(value);
      if (fault) blame(path, fault);
    } else if (value !== null && typeof value === 'object') {
      if (path.length >= maxDepth) {
        blame(path, `is nested deeper than ${maxDepth} levels`);
        continue;
      }
      for (const [key, item] of Object.entries(value)) {
        const fault = key === '__proto__' ? 'is a reserved name' : textFault(key);
        if (fault) blame(path, `has a key that ${fault}`);
        open.push({ value: item, path: [...path, Array.isArray(value) ? Number(key) : key] });
      }
    }
  }
  return faults;
}
