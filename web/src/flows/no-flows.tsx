import { LayoutTemplate, SearchX } from 'lucide';
import type { ComponentChildren } from 'preact';
import { texts as appTexts } from '../texts.js';
import { Icon } from '../ui/icon.js';
import { texts } from './flows-texts.js';

/** In place of the list when there is no flow at all. @param children the ways to a first one */
export function NoFlows({ children }: { children: ComponentChildren }) {
  return (
    <section class="empty">
      <h2>{appTexts.flows.empty}</h2>
      <p class="muted">{appTexts.flows.emptyText}</p>
      <div class="actions">
        {children}
        <a class="button" href="/templates">
          <Icon of={LayoutTemplate} />
          {texts.templates}
        </a>
      </div>
    </section>
  );
}

/** In place of the list when nothing fits what was asked for. */
export function NoneFits() {
  return (
    <section class="empty">
      <Icon of={SearchX} size={24} />
      <h2>{texts.none}</h2>
      <p class="muted">{texts.noneText}</p>
      <a class="button" href="/">
        {texts.showAll}
      </a>
    </section>
  );
}
