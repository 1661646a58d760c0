import { texts } from '../runs-texts.js';
import type { VisitEntry } from './entry.js';

/** What the model was given to answer with, each leading to where it is kept. */
export function Sources({ sources }: Pick<VisitEntry, 'sources'>) {
  return (
    <p class="small visit-sources">
      <span class="muted">{texts.timeline.sources}:</span>{' '}
      {sources.map(({ itemId, name, page }, index) => (
        <span key={`${itemId} ${index}`}>
          {index > 0 && ', '}
          <a href={`/knowledge/${encodeURIComponent(itemId)}`}>{name}</a>
          {page !== undefined && ` (${texts.timeline.page(page)})`}
        </span>
      ))}
    </p>
  );
}
