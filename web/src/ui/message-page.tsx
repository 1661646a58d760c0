import type { ComponentChildren } from 'preact';
import { PageTitle } from './page-title.js';

type Props = { title: string; text: string; children?: ComponentChildren };

/** A page that only says something: nothing here, something is broken. */
export function MessagePage({ title, text, children }: Props) {
  return (
    <div class="centered">
      <PageTitle title={title} />
      <p class="muted">{text}</p>
      {children}
    </div>
  );
}
