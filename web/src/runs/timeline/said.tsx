import { texts } from '../runs-texts.js';
import type { VisitEntry } from './entry.js';

/** What was said and noted at a visit. */
export function Said({ messages, variables }: Pick<VisitEntry, 'messages' | 'variables'>) {
  return (
    <>
      {messages.map(({ seq, role, text }) => (
        <blockquote key={seq} class={`visit-said small ${role}`}>
          <span class="muted">{texts.timeline.speaker[role]}:</span> {text}
        </blockquote>
      ))}
      {variables.map(({ seq, name, value }) => (
        <p key={seq} class="visit-variable small">
          <code>
            {name} = {JSON.stringify(value)}
          </code>
        </p>
      ))}
    </>
  );
}
