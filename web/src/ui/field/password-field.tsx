import { useSignal } from '@preact/signals';
import { Eye, EyeOff } from 'lucide';
import { texts } from '../../texts.js';
import { Button } from '../button.js';
import { Field, type FieldProps } from './field.js';
import { Icon } from '../icon.js';

/** A password that can be looked at while it is typed. */
export function PasswordField(props: Omit<FieldProps, 'type' | 'control'>) {
  const isShown = useSignal(false);
  const toggle = (
    <Button
      kind="quiet"
      size="square"
      aria-label={isShown.value ? texts.signIn.hide : texts.signIn.show}
      aria-pressed={isShown.value}
      onClick={() => (isShown.value = !isShown.value)}
    >
      <Icon of={isShown.value ? EyeOff : Eye} />
    </Button>
  );
  return <Field {...props} type={isShown.value ? 'text' : 'password'} control={toggle} />;
}
