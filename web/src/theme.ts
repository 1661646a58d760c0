import { signal } from '@preact/signals';

/** How the page is coloured. */
export type Theme = 'system' | 'light' | 'dark';

const key = 'crmflow.theme';
const order: readonly Theme[] = ['system', 'light', 'dark'];

function chosen(): Theme {
  const { theme } = document.documentElement.dataset;
  return theme === 'light' || theme === 'dark' ? theme : 'system';
}

/** The chosen theme; public/theme.js has applied it before the first paint. */
export const theme = signal<Theme>(chosen());

/** Takes a theme and keeps the choice. */
export function chooseTheme(next: Theme): void {
  theme.value = next;
  const { dataset } = document.documentElement;
  if (next === 'system') delete dataset['theme'];
  else dataset['theme'] = next;
  try {
    localStorage.setItem(key, next);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}

/** Goes on to the next theme and keeps the choice. */
export function nextTheme(): void {
  chooseTheme(order[(order.indexOf(theme.peek()) + 1) % order.length] ?? 'system');
}
