import type { FoundPassage, KnowledgePassage } from '@crmflow/contracts';
import type { ComponentChildren } from 'preact';
import { texts } from './knowledge-texts.js';

/** Where a passage stands in what it was read from; empty where that has no parts. */
const placeOf = ({ page, heading }: KnowledgePassage) =>
  [page === undefined ? undefined : texts.passages.page(page), heading]
    .filter((part) => part !== undefined)
    .join(' · ');

/** A passage as an ai node is given it. */
export function Passage({
  passage,
  children,
}: {
  passage: KnowledgePassage;
  /** What stands above it, beside its place. */
  children?: ComponentChildren;
}) {
  const place = placeOf(passage);
  return (
    <li class="passage">
      {(children ?? place) && (
        <p class="small muted passage-head">
          {children}
          {place && <span>{place}</span>}
        </p>
      )}
      <p class="passage-text">{passage.text}</p>
    </li>
  );
}

/** A heading without the item's own name, which stands beside it. */
function headingWithin({ name, heading }: FoundPassage): string | undefined {
  if (heading === name) return undefined;
  return heading?.startsWith(`${name} › `) ? heading.slice(name.length + 3) : heading;
}

/** A passage that was found, with where it is from and how good it is. */
export function Found({ passage }: { passage: FoundPassage }) {
  const percent = Math.round(passage.score * 100);
  const { heading: _whole, ...rest } = passage;
  const heading = headingWithin(passage);
  return (
    <Passage passage={{ ...rest, ...(heading !== undefined && { heading }) }}>
      <a href={`/knowledge/${passage.itemId}`}>{passage.name}</a>
      <span class="score" title={texts.search.score(percent)}>
        <meter min={0} max={1} value={passage.score} aria-label={texts.search.score(percent)} />
      </span>
    </Passage>
  );
}
