import { useEffect, useRef } from 'preact/hooks';
import './filter-links.css';

/** What filters take. */
export type FilterLinksProps = {
  label: string;
  links: readonly { href: string; label: string; isCurrent: boolean }[];
};

/** Which of a list is shown: one of a few kinds, each with an address of its own. */
export function FilterLinks({ label, links }: FilterLinksProps) {
  const nav = useRef<HTMLElement>(null);
  const current = links.find(({ isCurrent }) => isCurrent)?.href;
  useEffect(() => {
    // On a phone they are wider than the page.
    const chosen = nav.current?.querySelector('[aria-current]');
    chosen?.scrollIntoView({ inline: 'center', block: 'nearest' });
  }, [current]);
  return (
    <nav ref={nav} class="filters" aria-label={label}>
      {links.map(({ href, label: word, isCurrent }) => (
        <a key={href} href={href} aria-current={isCurrent ? 'true' : undefined}>
          {word}
        </a>
      ))}
    </nav>
  );
}
