import { signal } from '@preact/signals';
import type { ComponentProps, ComponentType } from 'preact';
import { lazy } from 'preact-iso';
import { useEffect } from 'preact/hooks';
import { texts } from '../texts.js';
import { Button } from './button.js';
import { MessagePage } from './message-page.js';
import { Notice } from './notice.js';

type Load<Props> = () => Promise<ComponentType<Props>>;

/** What is shown in place of a component while its code is not there. */
export type Placeholder = ComponentType<{
  state: 'loading' | 'trying again' | 'failed';
  /** Fetches it once more. @returns whether it is there now */
  retry: () => Promise<boolean>;
}>;

type PlaceholderProps = ComponentProps<Placeholder>;

/** A spinner, and after a failure a notice with a button. */
export function PartPlaceholder({ state, retry }: PlaceholderProps) {
  if (state === 'loading') return <span class="spinner" />;
  return (
    <Notice
      action={
        <Button size="small" busy={state === 'trying again'} onClick={() => void retry()}>
          {texts.tryAgain}
        </Button>
      }
    >
      {texts.notLoaded.text}
    </Notice>
  );
}

/** Whether the server answers: code that it no longer has is found by a reload, and only then. */
const isReachable = () =>
  fetch('/health').then(
    () => true,
    () => false,
  );

function PagePlaceholder({ state, retry }: PlaceholderProps) {
  if (state === 'loading') {
    return (
      <div class="centered" role="status">
        <span class="spinner" />
        <p class="muted">{texts.loading}</p>
      </div>
    );
  }
  const again = async () => {
    if (!(await retry()) && (await isReachable())) location.reload();
  };
  return (
    <MessagePage title={texts.notLoaded.title} text={texts.notLoaded.text}>
      <Button busy={state === 'trying again'} onClick={() => void again()}>
        {texts.tryAgain}
      </Button>
    </MessagePage>
  );
}

/**
 * Makes a part of a page whose code is fetched when it is first drawn. Where that fails, it says so
 * and offers to try again.
 * @param load gets the component, and whatever it needs before it is drawn, such as its texts
 */
export function lazyPart<Props extends object>(
  load: Load<Props>,
  Placeholder: Placeholder = PartPlaceholder,
): ComponentType<Props> {
  const loaded = signal<{ Part: ComponentType<Props> } | undefined>(undefined);
  const state = signal<'loading' | 'trying again' | 'failed'>('loading');
  const attempt = async (as: 'loading' | 'trying again') => {
    state.value = as;
    try {
      loaded.value = { Part: await load() };
    } catch {
      state.value = 'failed';
    }
    return loaded.peek() !== undefined;
  };
  return function LazyPart(props) {
    // A failure may be long ago: a link was pointed at while there was no connection.
    useEffect(() => {
      if (!loaded.peek()) void attempt('loading');
    }, []);
    if (loaded.value) return <loaded.value.Part {...props} />;
    return <Placeholder state={state.value} retry={() => attempt('trying again')} />;
  };
}

/** A page whose code is fetched when it is first shown. */
export type LazyPage<Props = object> = ComponentType<Props> & {
  /** Fetches the code before it is needed, such as when somebody points at the link to it. */
  preload: () => Promise<unknown>;
};

/** As `lazyPart`, but a page: the router keeps the page of before until this one is there. */
export function lazyPage<Props extends object>(load: Load<Props>): LazyPage<Props> {
  return lazy<ComponentType<Props>>(() => load().catch(() => lazyPart(load, PagePlaceholder)));
}
