import { useLocation } from 'preact-iso';
import type { ComponentChildren } from 'preact';
import { session } from '../session/session.js';
import { texts } from '../texts.js';
import { Nav } from './nav.js';
import { ThemeButton } from './theme-button.js';
import { Toaster } from '../ui/toast/toaster.js';
import './shell.css';

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

const isEditor = (path: string) => /^\/flows\/[^/]+$/.test(path);

/** What every page has around it. */
export function Shell({ children }: { children: ComponentChildren }) {
  const { path } = useLocation();
  const isIn = session.value.state === 'in';
  return (
    <div class={`shell ${isIn ? 'signed-in' : ''}`}>
      <a class="button skip" href="#main">
        {texts.skip}
      </a>
      {isIn ? <Nav isSlim={isEditor(path)} /> : <Bar />}
      <main id="main" tabIndex={-1}>
        {children}
      </main>
      <Toaster />
    </div>
  );
}
