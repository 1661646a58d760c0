import { Monitor, Moon, Sun } from 'lucide';
import { texts } from '../texts.js';
import { nextTheme, theme } from '../theme.js';
import { Button } from '../ui/button.js';
import { Icon } from '../ui/icon.js';

const icons = { system: Monitor, light: Sun, dark: Moon };

/** Goes through the themes: the system's, light, dark. */
export function ThemeButton() {
  const label = texts.theme[theme.value];
  return (
    <Button kind="quiet" size="square" aria-label={label} title={label} onClick={nextTheme}>
      <Icon of={icons[theme.value]} />
    </Button>
  );
}
