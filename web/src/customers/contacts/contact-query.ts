/** Which contacts are listed. */
export type ContactQuery = { q: string; tag: string };

/** Reads what an address asks for. */
export const readContactQuery = (params: Record<string, string | undefined>): ContactQuery => ({
  q: (params['q'] ?? '').slice(0, 200),
  tag: (params['tag'] ?? '').slice(0, 50),
});

/** What the API is asked, and the address says. */
export const paramsOf = ({ q, tag }: ContactQuery): Record<string, string> => ({
  ...(q.trim() && { q: q.trim() }),
  ...(tag && { tag }),
});

/** The list's address that asks for it. */
export function addressOf(query: ContactQuery): string {
  const params = new URLSearchParams(paramsOf(query));
  return params.size > 0 ? `/contacts?${params.toString()}` : '/contacts';
}
