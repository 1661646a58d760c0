import { useLocation } from 'preact-iso';
import { texts } from '../texts.js';
import { AccountMenu } from './account-menu.js';
import { Icon } from '../ui/icon.js';
import { currentOf, navItems } from './nav-items.js';
import { WorkspaceMenu } from './workspace-menu.js';
import './nav.css';

/**
 * Where everything is: beside the page, or below it on a phone.
 * @param isSlim only as wide as its signs, for a page that needs all the room there is
 * @param isOnPhone whether it is there on a phone, too
 */
export function Nav({ isSlim, isOnPhone }: { isSlim: boolean; isOnPhone: boolean }) {
  const { path } = useLocation();
  return (
    <header class={`nav ${isSlim ? 'slim' : ''} ${isOnPhone ? '' : 'not-on-phone'}`}>
      <a class="brand" href="/" title={texts.product}>
        <img src="/icon.svg" alt="" width="24" height="24" />
        <span class="word">{texts.product}</span>
      </a>
      <WorkspaceMenu />
      <nav aria-label={texts.nav.label}>
        {navItems().map(({ href, label, icon, page, within, isWideOnly }) => {
          const preload = () => void page?.preload();
          return (
            <a
              key={href}
              class={`nav-link ${isWideOnly ? 'wide-only' : ''}`}
              href={href}
              title={isSlim ? label : undefined}
              aria-current={currentOf({ href, ...(within && { within }) }, path)}
              onPointerEnter={preload}
              onFocus={preload}
            >
              <Icon of={icon} size={20} />
              <span class="word">{label}</span>
            </a>
          );
        })}
      </nav>
      <AccountMenu />
    </header>
  );
}
