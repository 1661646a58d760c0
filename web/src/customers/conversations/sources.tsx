import { ExternalLink } from 'lucide';
import { Icon } from '../../ui/icon.js';
import { texts } from '../customers-texts.js';

/** Where something is from, as customers see it: each name and address once. */
export function Sources({ sources = [] }: { sources?: readonly { name: string; url?: string }[] }) {
  const known = new Map(sources.map((source) => [`${source.name} ${source.url}`, source]));
  if (known.size === 0) return null;
  return (
    <ul class="talk-sources small" aria-label={texts.conversation.sources}>
      {[...known].map(([key, { name, url }]) => (
        <li key={key} class="tag">
          {url === undefined ? (
            name
          ) : (
            <a href={url} target="_blank" rel="noreferrer noopener">
              {name} <Icon of={ExternalLink} size={12} />
            </a>
          )}
        </li>
      ))}
    </ul>
  );
}
