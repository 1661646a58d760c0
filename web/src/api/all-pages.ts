import type { Page } from '@crmflow/contracts';
import { request } from './request.js';

/** All items of a list that is short by its limits, a page after the other. */
export async function allPages<T>(read: (cursor: string | null) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | null = null;
  do {
    const page = await read(cursor);
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return items;
}

/** All items of the list at an address. @param address may have a query */
export function all<T>(address: string): Promise<T[]> {
  return allPages((cursor) => {
    const query = new URLSearchParams({ limit: '200', ...(cursor !== null && { cursor }) });
    return request<Page<T>>(`${address}${address.includes('?') ? '&' : '?'}${query.toString()}`);
  });
}
