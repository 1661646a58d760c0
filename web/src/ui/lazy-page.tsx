import { signal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { lazy } from 'preact-iso';
import { useEffect } from 'preact/hooks';
import { texts } from '../texts.js';
import { Button } from './button.js';
import { MessagePage } from './message-page.js';

/** A page whose code is fetched when it is first shown. */
export type LazyPage<Props = object> = ComponentType<Props> & {
  /** Fetches the code before it is needed, such as when somebody points at the link to it. */
  preload: () => Promise<unknown>;
};

type Load<Props> = () => Promise<ComponentType<Props>>;

/** Whether the server answers: code that it has no more is found by a reload, and only then. */
const isReachable = () =>
  fetch('/health').then(
    () => true,
    () => false,
  );

/** What stands in for a page that could not be fetched, until it can. */
function lateReplacement<Props>(load: Load<Props>): ComponentType<Props> {
  const page = signal<ComponentType<Props> | undefined>(undefined);
  const state = signal<'new' | 'trying' | 'failed'>('new');
  const attempt = async (as: 'new' | 'trying') => {
    state.value = as;
    try {
      page.value = await load();
    } catch {
      state.value = 'failed';
    }
  };
  const again = async () => {
    await attempt('trying');
    if (!page.peek() && (await isReachable())) location.reload();
  };
  return function LatePage(props) {
    // That it failed may be long ago: a link to it was pointed at while there was no connection.
    useEffect(() => {
      if (!page.peek()) void attempt('new');
    }, []);
    const Page = page.value;
    if (Page) return <Page {...props} />;
    if (state.value === 'new') {
      return (
        <div class="centered" role="status">
          <span class="spinner" />
          <p class="muted">{texts.loading}</p>
        </div>
      );
    }
    return (
      <MessagePage title={texts.notLoaded.title} text={texts.notLoaded.text}>
        <Button busy={state.value === 'trying'} onClick={() => void again()}>
          {texts.tryAgain}
        </Button>
      </MessagePage>
    );
  };
}

/**
 * Makes a page of code that is fetched when it is first shown. Where it cannot be fetched, the
 * page says so and lets one try again.
 * @param load gets the component, and whatever it needs before it is drawn, such as its texts
 */
export function lazyPage<Props>(load: Load<Props>): LazyPage<Props> {
  return lazy<ComponentType<Props>>(() => load().catch(() => lateReplacement(load)));
}
