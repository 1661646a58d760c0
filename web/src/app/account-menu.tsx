import { useSignal } from '@preact/signals';
import { CircleUserRound, LogOut, Monitor, Moon, Settings, Sun } from 'lucide';
import { asApiError } from '../api/as-api-error.js';
import { session, signOut } from '../session/session.js';
import { texts } from '../texts.js';
import { chooseLanguage, isLanguage, language, languages } from '../texts/language.js';
import { chooseTheme, theme, type Theme } from '../theme.js';
import { Icon } from '../ui/icon.js';
import { Menu } from '../ui/menu/menu.js';
import type { MenuItem } from '../ui/menu/menu-list.js';
import { toast } from '../ui/toast/toast.js';
import { useIsPhone } from '../ui/use-is-phone.js';
import { navItems } from './nav-items.js';
import { CreateWorkspace, useWorkspaceItems } from './workspace-menu.js';

const themeIcons = { system: Monitor, light: Sun, dark: Moon };

function themeItem(one: Theme): MenuItem {
  return {
    label: texts.theme[one],
    icon: themeIcons[one],
    isChecked: theme.value === one,
    onSelect: () => chooseTheme(one),
  };
}

/** Where there is no room for in the navigation of a phone. */
const wideOnlyItems = (): MenuItem[] =>
  navItems()
    .filter(({ isWideOnly }) => isWideOnly)
    .map(({ label, icon, href }) => ({ label, icon, href }));

const languageItems = (): MenuItem[] =>
  Object.entries(languages).map(([tag, name]) => ({
    label: name,
    isChecked: tag === language,
    onSelect() {
      if (!isLanguage(tag) || tag === language) return;
      chooseLanguage(tag);
      location.reload();
    },
  }));

async function leave(): Promise<void> {
  try {
    await signOut();
  } catch (error) {
    toast(asApiError(error).message, { kind: 'failed' });
  }
}

/** Who is signed in, and what is theirs to choose. */
export function AccountMenu() {
  const isPhone = useIsPhone();
  const isCreating = useSignal(false);
  const workspaceItems = useWorkspaceItems(() => (isCreating.value = true));
  const { value } = session;
  if (value.state !== 'in') return null;
  const { name, email } = value.user;
  const items: MenuItem[] = [
    ...(isPhone ? [...workspaceItems, 'separator' as const] : []),
    ...(isPhone
      ? wideOnlyItems()
      : [{ label: texts.nav.settings, icon: Settings, href: '/settings' }]),
    'separator',
    ...(['system', 'light', 'dark'] as const).map(themeItem),
    'separator',
    ...languageItems(),
    'separator',
    { label: texts.account.logOut, icon: LogOut, onSelect: () => void leave() },
  ];
  return (
    <>
      <Menu label={texts.account.menu(name || email)} items={items} look="quiet nav-link account">
        <Icon of={CircleUserRound} size={20} />
        <span class="word wide-only">{name || email}</span>
        <span class="word phone-only">{texts.account.short}</span>
      </Menu>
      {isCreating.value && <CreateWorkspace onClose={() => (isCreating.value = false)} />}
    </>
  );
}
