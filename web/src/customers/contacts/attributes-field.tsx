import type { Json } from '@crmflow/contracts';
import { type Signal, useSignal } from '@preact/signals';
import { Plus, X } from 'lucide';
import { useRef } from 'preact/hooks';
import { Button } from '../../ui/button.js';
import { Icon } from '../../ui/icon.js';
import { texts } from '../customers-texts.js';
import { type AttributeLine, attributeText } from './attribute-text.js';

/** A line with something that it keeps while others come and go. */
type KeyedLine = AttributeLine & { key: number };

/** The lines of attributes, as they are typed. */
export type AttributeLines = Signal<readonly KeyedLine[]>;

/** The lines that a form begins with. */
export const useAttributeLines = (attributes: Readonly<Record<string, Json>>): AttributeLines =>
  useSignal<readonly KeyedLine[]>(
    Object.entries(attributes).map(([name, value], key) => ({
      ...{ key, name, text: attributeText(value) },
    })),
  );

/** What else is known of a contact: a name and a value a line. */
export function AttributesField({
  lines,
  fault,
}: {
  lines: AttributeLines;
  fault: string | undefined;
}) {
  const words = texts.contact;
  const fieldset = useRef<HTMLFieldSetElement>(null);
  const put = (key: number, change: Partial<AttributeLine>) => {
    lines.value = lines.peek().map((line) => (line.key === key ? { ...line, ...change } : line));
  };
  const add = () => {
    const key = Math.max(-1, ...lines.peek().map((line) => line.key)) + 1;
    lines.value = [...lines.peek(), { key, name: '', text: '' }];
    queueMicrotask(() => {
      const inputs = fieldset.current?.querySelectorAll<HTMLInputElement>('.attribute-name');
      [...(inputs ?? [])].at(-1)?.focus();
    });
  };
  return (
    <fieldset ref={fieldset} class="attributes-field" aria-describedby="attributes-note">
      <legend>{words.attributes}</legend>
      {lines.value.map(({ key, name, text }, index) => {
        const of = name || words.attributeNamed(index + 1);
        return (
          <div key={key} class="attribute-line">
            <input
              class="input attribute-name"
              aria-label={`${words.attribute}: ${of}`}
              placeholder={words.attribute}
              maxLength={100}
              autocomplete="off"
              value={name}
              onInput={({ currentTarget }) => put(key, { name: currentTarget.value })}
            />
            <input
              class="input"
              aria-label={`${words.value}: ${of}`}
              placeholder={words.value}
              autocomplete="off"
              value={text}
              onInput={({ currentTarget }) => put(key, { text: currentTarget.value })}
            />
            <Button
              kind="quiet"
              size="square"
              aria-label={words.removeAttribute(of)}
              onClick={() => (lines.value = lines.peek().filter((line) => line.key !== key))}
            >
              <Icon of={X} />
            </Button>
          </div>
        );
      })}
      <div>
        <Button size="small" onClick={add}>
          <Icon of={Plus} size={16} />
          {words.addAttribute}
        </Button>
      </div>
      <p id="attributes-note" class={fault === undefined ? 'small muted' : 'small fault'}>
        {fault ?? words.attributesHint}
      </p>
      {/* So that what is wrong with attributes belongs to this field. */}
      <input type="hidden" name="attributes" />
    </fieldset>
  );
}
