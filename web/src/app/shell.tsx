import { useLocation } from 'preact-iso';
import type { ComponentChildren } from 'preact';
import { Monitor, Moon, Sun } from 'lucide';
import { useEffect } from 'preact/hooks';
import { session } from '../session/session.js';
import { loadWorkspaces } from '../session/workspace.js';
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

/** What every page has around it. */
export function Shell({ children }: { children: ComponentChildren }) {
  const { path } = useLocation();
  const isIn = session.value.state === 'in';
  useNewRoles(isIn);
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
