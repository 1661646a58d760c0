import type { Contact, UpdateContact } from '@crmflow/contracts';
import { Field } from '../../ui/field/field.js';
import { textOf } from '../../ui/format/text-of.js';
import { SectionForm } from '../../ui/section-form.js';
import { texts } from '../customers-texts.js';
import { attributesOf } from './attribute-text.js';
import { AttributesField, useAttributeLines } from './attributes-field.js';

/** The fields of a contact, to be changed. */
export function ContactForm({
  contact,
  change,
}: {
  contact: Contact;
  change: (change: Partial<UpdateContact>) => Promise<void>;
}) {
  const words = texts.contact;
  const lines = useAttributeLines(contact.attributes);
  const { name, email, phone, locale, timezone } = contact;
  return (
    <SectionForm
      submit={words.save}
      done={words.saved}
      onSubmit={(data) => {
        const orNull = (field: string) => textOf(data, field).trim() || null;
        return change({
          name: textOf(data, 'name').trim(),
          email: orNull('email'),
          phone: orNull('phone'),
          locale: orNull('locale'),
          timezone: orNull('timezone'),
          attributes: attributesOf(lines.peek(), contact.attributes),
        });
      }}
    >
      {(faults) => (
        <>
          <Field
            name="name"
            label={words.name}
            autocomplete="off"
            defaultValue={name}
            fault={faults['name']}
          />
          <div class="contact-fields">
            <Field
              name="email"
              type="email"
              label={words.email}
              autocomplete="off"
              defaultValue={email ?? ''}
              fault={faults['email']}
            />
            <Field
              name="phone"
              label={words.phone}
              autocomplete="off"
              defaultValue={phone ?? ''}
              fault={faults['phone']}
            />
            <Field
              name="locale"
              label={words.locale}
              hint={words.localeHint}
              autocomplete="off"
              defaultValue={locale ?? ''}
              fault={faults['locale']}
            />
            <Field
              name="timezone"
              label={words.timezone}
              hint={words.timezoneHint}
              autocomplete="off"
              defaultValue={timezone ?? ''}
              fault={faults['timezone']}
            />
          </div>
          <AttributesField lines={lines} fault={faults['attributes']} />
        </>
      )}
    </SectionForm>
  );
}
