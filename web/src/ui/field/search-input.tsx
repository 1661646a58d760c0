import { Search } from 'lucide';
import { useEffect, useRef } from 'preact/hooks';
import type { RefObject } from 'preact';
import { Icon } from '../icon.js';
import { isTyping } from '../is-typing.js';
import './search-input.css';

/** The slash leads to the search, wherever nobody types. */
function useSearchKey(input: RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== '/' || isTyping(event.target)) return;
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [input]);
}

/** How long nobody types before it searches. */
const restMs = 250;

/** What a search takes. */
export type SearchInputProps = {
  label: string;
  hint: string;
  /** What is searched for, as the address has it. */
  value: string;
  onSearch: (q: string) => void;
};

/** Searches while one types, as soon as one rests; the slash leads to it. */
export function SearchInput({ label, hint, value, onSearch }: SearchInputProps) {
  const input = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  // What is searched for by the time that the timer ends, and not when it began.
  const latest = useRef({ value, onSearch });
  latest.current = { value, onSearch };
  useSearchKey(input);
  useEffect(() => {
    // The back button, or a link: but what somebody types is newer than the address.
    const { current } = input;
    if (current && current !== document.activeElement) current.value = value;
  }, [value]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const search = (q: string) => {
    clearTimeout(timer.current);
    if (q !== latest.current.value) latest.current.onSearch(q);
  };
  return (
    <label class="search">
      <Icon of={Search} />
      <span class="visually-hidden">{label}</span>
      <input
        ref={input}
        class="input"
        type="search"
        placeholder={hint}
        maxLength={200}
        defaultValue={value}
        onInput={({ currentTarget }) => {
          clearTimeout(timer.current);
          timer.current = setTimeout(() => search(currentTarget.value), restMs);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') search(event.currentTarget.value);
        }}
      />
    </label>
  );
}
