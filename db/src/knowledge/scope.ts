import type { KnowledgeLanguage } from '@crmflow/contracts';

/** Whose knowledge is searched; only in `itemIds` where there are some. Disabled items never. */
export type Scope = { workspaceId: string; itemIds?: readonly string[] | undefined };

/** A workspace's passages in one language, and what the words of a query are in it. */
export type LanguageTerms = {
  language: KnowledgeLanguage;
  passages: number;
  /** Stems. */
  terms: Weighted[];
  /** Of each group of synonyms that the query has a word of: the group as a tsquery. */
  groups: Weighted[];
};

/** A text, and how much it counts: 1 is all, 0 nothing. */
export type Weighted = { text: string; weight: number };

/** Places of passages: `itemId:index`. */
export const keyOf = (row: { itemId: string; index: number }) => `${row.itemId}:${row.index}`;

/** The items of a scope, with `$1` the workspace and `$2` the ids or null. */
export const itemsInScope = `item."workspaceId" = $1 AND item.enabled
  AND ($2::text[] IS NULL OR item.id = ANY($2))`;
