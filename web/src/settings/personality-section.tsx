import type { User } from '@crmflow/contracts';
import { limits } from '@crmflow/contracts/limits';
import { useSignal } from '@preact/signals';
import { updateMe } from '../api/account.js';
import { userChanged } from '../session/session.js';
import { language } from '../texts/language.js';
import { AreaField } from '../ui/field/area-field.js';
import { SectionForm } from '../ui/section-form.js';
import { texts } from './settings-texts.js';

const number = new Intl.NumberFormat(language);

/** How the model speaks for one. */
export function PersonalitySection({ user }: { user: User }) {
  const words = texts.personality;
  const used = useSignal(user.personality.length);
  return (
    <SectionForm
      submit={texts.save}
      done={texts.saved}
      onSubmit={async (data) =>
        userChanged(await updateMe({ personality: data.get('personality') as string }))
      }
    >
      {({ personality }) => (
        <>
          <p class="muted">{words.text}</p>
          <AreaField
            name="personality"
            label={words.label}
            rows={8}
            defaultValue={user.personality}
            hint={words.left(number.format(used.value), number.format(limits.personalityLength))}
            fault={personality}
            onInput={(text) => (used.value = text.length)}
          />
          <details>
            <summary>{words.example}</summary>
            <p class="muted small">{words.sample}</p>
          </details>
        </>
      )}
    </SectionForm>
  );
}
