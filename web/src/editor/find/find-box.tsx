import { useSignal } from '@preact/signals';
import { Search } from 'lucide';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Icon } from '../../ui/icon.js';
import { texts } from '../editor-texts.js';
import type { DocumentReader } from '../model/store.js';
import { findNodes } from './find-nodes.js';
import { kindStyle, localized } from '../../node-look.js';
import { viewOf } from '../canvas/kinds.js';
import './find.css';

type Props = {
  document: DocumentReader;
  /** Shows a node while somebody looks through what was found. */
  onLook: (id: string) => void;
  /** Goes to a node. */
  onChoose: (id: string) => void;
  onClose: () => void;
};

/** Looks for a node and leads to it; arrows go through what was found, Escape closes. */
export function FindBox({ document, onLook, onChoose, onClose }: Props) {
  const query = useSignal('');
  const current = useSignal(0);
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const words = texts.find;
  useLayoutEffect(() => {
    const before = window.document.activeElement;
    input.current?.focus();
    return () => {
      const lost = !window.document.activeElement?.closest('[data-node]');
      if (lost && before instanceof HTMLElement) before.focus();
    };
  }, []);
  if (document.version.value < 0) return null;
  const found = findNodes(document.nodes(), query.value, (node) => localized(viewOf(node).name));
  const at = Math.min(current.value, found.length - 1);

  const go = (step: number) => {
    if (found.length === 0) return;
    current.value = (at + step + found.length) % found.length;
    const next = found[current.value];
    if (next) onLook(next.id);
    list.current?.children[current.value]?.scrollIntoView({ block: 'nearest' });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    const chosen = found[at];
    if (event.key === 'ArrowDown') go(1);
    else if (event.key === 'ArrowUp') go(-1);
    else if (event.key === 'Escape') onClose();
    else if (event.key === 'Enter' && chosen) onChoose(chosen.id);
    else return;
    event.preventDefault();
  };
  return (
    <search class="find-box" onKeyDown={onKeyDown}>
      <label class="find-field">
        <Icon of={Search} size={16} />
        <span class="visually-hidden">{words.label}</span>
        <input
          ref={input}
          type="text"
          role="combobox"
          aria-expanded="true"
          aria-controls="found-nodes"
          aria-activedescendant={found[at] && `found-${found[at].id}`}
          placeholder={words.hint}
          autocomplete="off"
          onInput={({ currentTarget }) => {
            query.value = currentTarget.value;
            current.value = 0;
          }}
          onBlur={({ relatedTarget }) => {
            const isInside = relatedTarget instanceof Element && relatedTarget.closest('.find-box');
            if (!isInside) onClose();
          }}
        />
      </label>
      <p class="visually-hidden" role="status">
        {words.count(found.length)}
      </p>
      {found.length === 0 ? (
        <p class="find-none muted small">{words.none}</p>
      ) : (
        <ul ref={list} id="found-nodes" role="listbox" aria-label={words.label}>
          {found.map(({ id, node, label, excerpt }, index) => (
            <li
              key={id}
              id={`found-${id}`}
              role="option"
              aria-selected={index === at}
              style={kindStyle(viewOf(node))}
              onPointerDown={(event) => {
                event.preventDefault();
                onChoose(id);
              }}
            >
              <span class="card-sign">
                <Icon of={viewOf(node).icon} size={14} />
              </span>
              <span class="find-words">
                {label}
                {excerpt && <span class="small muted">{excerpt}</span>}
              </span>
            </li>
          ))}
        </ul>
      )}
    </search>
  );
}
