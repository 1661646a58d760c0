import { templateCategories, type TemplateCategory } from '@crmflow/contracts/kinds';

/** Which templates are shown. */
export type TemplateQuery = { q: string; category: TemplateCategory | undefined };

/** Reads what an address asks for; what it does not know is left out. */
export function readTemplateQuery(params: Record<string, string | undefined>): TemplateQuery {
  return {
    q: (params['q'] ?? '').slice(0, 200),
    category: templateCategories.find((one) => one === params['category']),
  };
}

/** What an address, or the API, is asked; what goes without saying is not said. */
export function paramsOf({ q, category }: TemplateQuery): Record<string, string> {
  return { ...(q.trim() && { q: q.trim() }), ...(category && { category }) };
}

/** The page's address that asks for it. */
export function addressOf(query: TemplateQuery): string {
  const params = new URLSearchParams(paramsOf(query));
  return params.size > 0 ? `/templates?${params.toString()}` : '/templates';
}
