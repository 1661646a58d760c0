import type { ChatSettings } from '@crmflow/contracts';
import type { Signal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { AreaField } from '../../ui/field/area-field.js';
import { ChoiceField } from '../../ui/field/choice-field.js';
import { Field } from '../../ui/field/field.js';
import { SelectField } from '../../ui/field/select-field.js';
import { textOf } from '../../ui/format/text-of.js';
import { SectionForm } from '../../ui/section-form.js';
import { texts } from '../share-texts.js';
import type { SectionProps } from './section-props.js';

/** How a chat looks, as it is typed. */
export type Look = Pick<
  ChatSettings,
  'title' | 'welcome' | 'colour' | 'radius' | 'position' | 'avatarUrl' | 'locale'
>;

/** What a form of the look says. */
function lookOf(data: FormData): Look {
  return {
    title: textOf(data, 'title'),
    welcome: textOf(data, 'welcome'),
    colour: textOf(data, 'colour').trim(),
    radius: Number(textOf(data, 'radius')),
    position: textOf(data, 'position') === 'left' ? 'left' : 'right',
    avatarUrl: textOf(data, 'avatarUrl').trim() || null,
    locale: textOf(data, 'locale') || null,
  };
}

const isColour = (text: string) => /^#[0-9a-f]{6}$/i.test(text);

/** A colour, to be picked or typed. */
function ColourField({ value, fault }: { value: string; fault: string | undefined }) {
  const id = useId();
  const words = texts.look;
  return (
    <div class="field">
      <label for={id}>{words.colour}</label>
      <div class="colour-field">
        <input
          type="color"
          aria-label={words.picker}
          defaultValue={value}
          onInput={({ currentTarget }) => {
            const text = currentTarget.nextElementSibling as HTMLInputElement;
            text.value = currentTarget.value;
          }}
        />
        <input
          id={id}
          class="input"
          name="colour"
          autocomplete="off"
          spellcheck={false}
          maxLength={7}
          defaultValue={value}
          aria-invalid={fault !== undefined}
          aria-describedby={`${id}-note`}
          onInput={({ currentTarget }) => {
            const picker = currentTarget.previousElementSibling as HTMLInputElement;
            if (isColour(currentTarget.value)) picker.value = currentTarget.value;
          }}
        />
      </div>
      <p id={`${id}-note`} class={fault === undefined ? 'small muted' : 'small fault'}>
        {fault ?? words.colourHint}
      </p>
    </div>
  );
}

function RadiusField({ value, now }: { value: number; now: number }) {
  const id = useId();
  const words = texts.look;
  return (
    <div class="field">
      <label for={id}>{words.radius}</label>
      <div class="radius-field">
        <input
          id={id}
          type="range"
          name="radius"
          min={0}
          max={24}
          defaultValue={String(value)}
          aria-valuetext={words.pixels(now)}
        />
        <output for={id} class="small muted">
          {words.pixels(now)}
        </output>
      </div>
    </div>
  );
}

/** The languages to choose from, with one that was set by other means. */
function languageOptions(locale: string | null) {
  const known = Object.entries(texts.look.languages).map(([value, label]) => ({ value, label }));
  const isKnown = locale === null || Object.hasOwn(texts.look.languages, locale);
  return [
    { value: '', label: texts.look.browser },
    ...known,
    ...(isKnown ? [] : [{ value: locale, label: locale }]),
  ];
}

/** How the chat looks. @param look what is typed, for the preview */
export function LookSection({ deployment, change, look }: SectionProps & { look: Signal<Look> }) {
  const { settings, name } = deployment;
  const words = texts.look;
  return (
    <div
      onInput={({ target }) => {
        const form = (target as HTMLElement).closest('form');
        // After the fields of a colour have told each other.
        if (form) look.value = lookOf(new FormData(form));
      }}
    >
      <SectionForm
        submit={texts.save}
        done={texts.saved}
        onSubmit={(data) => change({ settings: lookOf(data) })}
      >
        {(faults) => (
          <>
            <Field
              name="title"
              label={words.title}
              hint={words.titleHint}
              autocomplete="off"
              placeholder={name}
              defaultValue={settings.title}
              fault={faults['title']}
            />
            <AreaField
              name="welcome"
              label={words.welcome}
              hint={words.welcomeHint}
              rows={3}
              defaultValue={settings.welcome}
              fault={faults['welcome']}
            />
            <ColourField value={settings.colour} fault={faults['colour']} />
            <RadiusField value={settings.radius} now={look.value.radius} />
            <ChoiceField
              name="position"
              label={words.position}
              options={(['left', 'right'] as const).map((value) => ({
                ...{ value, label: words.positions[value] },
              }))}
              defaultValue={settings.position}
            />
            <Field
              name="avatarUrl"
              type="url"
              label={words.avatar}
              hint={words.avatarHint}
              autocomplete="off"
              defaultValue={settings.avatarUrl ?? ''}
              fault={faults['avatarUrl']}
            />
            <SelectField
              name="locale"
              label={words.language}
              options={languageOptions(settings.locale)}
              defaultValue={settings.locale ?? ''}
              fault={faults['locale']}
            />
          </>
        )}
      </SectionForm>
    </div>
  );
}
