import { useEffect, useRef } from 'preact/hooks';
import { texts } from '../../editor-texts.js';
import type { Suggestion } from './complete.js';

const signs = { variable: 'x', field: '.', function: 'ƒ', root: '•' } as const;

/** Where the list stands, from the corner of its field. */
export type Spot = { left: string; top?: string; bottom?: string };

/** The list of what may be meant, below the caret. The field itself keeps the focus. */
export function Suggestions({
  id,
  at,
  suggestions,
  active,
  onPick,
}: {
  id: string;
  at: Spot;
  suggestions: readonly Suggestion[];
  active: number;
  onPick: (suggestion: Suggestion) => void;
}) {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  return (
    <ul
      ref={list}
      id={id}
      class="suggestions"
      role="listbox"
      aria-label={texts.code.suggestions}
      style={at}
    >
      {suggestions.map((one, index) => (
        <li
          key={one.label}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === active}
          onPointerDown={(event) => {
            event.preventDefault();
            onPick(one);
          }}
        >
          <span class={`suggestion-sign ${one.kind}`} aria-hidden="true">
            {signs[one.kind]}
          </span>
          <span class="suggestion-label">{one.label}</span>
          <span class="suggestion-detail">{one.detail}</span>
        </li>
      ))}
    </ul>
  );
}
