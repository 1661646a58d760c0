import type { ComponentType } from 'preact';
import { lazy } from 'preact-iso';
import { texts } from '../texts.js';
import { Button } from './button.js';
import { MessagePage } from './message-page.js';

/** A page whose code is fetched when it is first shown. */
export type LazyPage<Props = object> = ComponentType<Props> & {
  /** Fetches the code before it is needed, such as when somebody points at the link to it. */
  preload: () => Promise<unknown>;
};

function CannotLoad() {
  return (
    <MessagePage title={texts.notLoaded.title} text={texts.notLoaded.text}>
      <Button onClick={() => location.reload()}>{texts.tryAgain}</Button>
    </MessagePage>
  );
}

/**
 * Makes a page of code that is fetched when it is first shown. Where it cannot be fetched, the
 * page says so.
 * @param load gets the component, and whatever it needs before it is drawn, such as its texts
 */
export function lazyPage<Props>(load: () => Promise<ComponentType<Props>>): LazyPage<Props> {
  return lazy<ComponentType<Props>>(() => load().catch(() => CannotLoad));
}
