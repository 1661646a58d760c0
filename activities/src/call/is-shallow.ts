import type { Json } from '@crmflow/contracts';

/** What walks values later does so by recursion. */
const maxDepth = 64;

/** Whether a value from outside is nested so little that everything may walk it. */
export function isShallow(value: Json, depth = 0): boolean {
  if (value === null || typeof value !== 'object') return true;
  if (depth === maxDepth) return false;
  return Object.values(value).every((item) => isShallow(item, depth + 1));
}
