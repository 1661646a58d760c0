import { useLocation } from 'preact-iso';
import type { ComponentChildren } from 'preact';
import { Monitor, Moon, Sun } from 'lucide';
import { useEffect } from 'preact/hooks';
import { session } from '../session/session.js';
import { loadWorkspaces, may, workspace } from '../session/workspace.js';
import { deviceStorage } from '../storage.js';
import { texts } from '../texts.js';
import { Toaster } from '../ui/toast/toaster.js';
import { nextTheme, theme } from '../theme.js';
import { Button } from '../ui/button.js';
import { Icon } from '../ui/icon.js';
import { Nav } from './nav.js';
import './shell.css';

const icons = { system: Monitor, light: Sun, dark: Moon };

/** Goes through the themes: the system's, light, dark. */
function ThemeButton() {
  const label = texts.theme[theme.value];
  return (
    <Button kind="quiet" size="square" aria-label={label} title={label} onClick={nextTheme}>
      <Icon of={icons[theme.value]} />
    </Button>
  );
}

function Bar() {
  return (
    <header class="bar">
      <a class="brand" href="/">
        <img src="/icon.svg" alt="" width="24" height="24" />
        {texts.product}
      </a>
      <ThemeButton />
    </header>
  );
}

/** The inbox needs the room, too; on a phone it has the navigation of all. */
const isInbox = (path: string) => path === '/inbox' || path.startsWith('/inbox/');

/** The pages of one flow need the room, and have a bar of their own. */
const isOfFlow = (path: string) => /^\/flows\/[^/]+/.test(path);

/** Looks whether one's roles have changed, when somebody comes back to the page. */
function useNewRoles(isIn: boolean): void {
  useEffect(() => {
    if (!isIn) return;
    const look = () => {
      // What cannot be asked now is asked when they come back the next time.
      if (document.visibilityState === 'visible') loadWorkspaces().catch(() => undefined);
    };
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, [isIn]);
}

/** Tells of what comes for the user, on every page, where they chose that in the inbox; it does so itself. */
function useAlerts(isIn: boolean, isThere: boolean): void {
  const { route } = useLocation();
  const id = workspace.value?.id;
  const isWanted = ['notify', 'sound'].some((one) => deviceStorage.read(`inbox.${one}`) === 'on');
  const tells = isIn && !isThere && isWanted && may('conversation.answer');
  useEffect(() => {
    if (!tells || id === undefined) return;
    let stop: (() => void) | undefined;
    let isGone = false;
    import('../customers/inbox/alert-elsewhere.js').then(
      ({ alertElsewhere }) => {
        if (!isGone) stop = alertElsewhere(id, route);
      },
      // Without a connection nothing comes anyway; the next page tries again.
      () => undefined,
    );
    return () => {
      isGone = true;
      stop?.();
    };
  }, [tells, id]);
}

/** What every page has around it. */
export function Shell({ children }: { children: ComponentChildren }) {
  const { path } = useLocation();
  const isIn = session.value.state === 'in';
  useNewRoles(isIn);
  useAlerts(isIn, isInbox(path));
  return (
    <div class={`shell ${isIn ? 'signed-in' : ''}`}>
      <a class="button skip" href="#main">
        {texts.skip}
      </a>
      {isIn ? (
        <Nav isSlim={isOfFlow(path) || isInbox(path)} isOnPhone={!isOfFlow(path)} />
      ) : (
        <Bar />
      )}
      <main id="main" tabIndex={-1}>
        {children}
      </main>
      <Toaster />
    </div>
  );
}
