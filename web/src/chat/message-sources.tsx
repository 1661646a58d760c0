import type { KnowledgeSource } from '@crmflow/contracts';
import { FileText } from 'lucide';
import { texts } from '../texts.js';
import { Icon } from '../ui/icon.js';

/** Each item once, with all its pages. */
function grouped(sources: readonly KnowledgeSource[]) {
  const items = new Map<string, { itemId: string; name: string; pages: Set<number> }>();
  for (const { itemId, name, page } of sources) {
    const item = items.get(itemId) ?? { itemId, name, pages: new Set() };
    if (page !== undefined) item.pages.add(page);
    items.set(itemId, item);
  }
  return [...items.values()].map(({ pages, ...item }) => ({
    ...item,
    pages: [...pages].sort((a, b) => a - b),
  }));
}

/** What an answer draws on, each leading to what was read from it. */
export function MessageSources({ sources }: { sources: readonly KnowledgeSource[] }) {
  return (
    <ul class="message-sources small" aria-label={texts.run.sources}>
      {grouped(sources).map(({ itemId, name, pages }) => (
        <li key={itemId}>
          <a href={`/knowledge/${encodeURIComponent(itemId)}`} target="_blank" rel="noreferrer">
            <Icon of={FileText} size={14} />
            <span class="source-name">{name}</span>
            {pages.length > 0 && <span class="muted">{texts.run.pages(pages.join(', '))}</span>}
          </a>
        </li>
      ))}
    </ul>
  );
}
