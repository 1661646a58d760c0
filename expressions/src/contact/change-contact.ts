import {
  type ChangedContact,
  contactFields,
  fieldErrors,
  type Json,
  type JsonObject,
  type RunContact,
  type UpdateContactInput,
  updateContactSchema,
} from '@crmflow/contracts';
import { isZone } from '../zones/zone.js';

const fields: ReadonlySet<string> = new Set(contactFields);

/** A number is as good as its digits; an empty text means that nothing is known. */
function lineOf(value: Json): Json {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() === '' ? null : value;
}

function tagsOf(tags: Json[], value: Json): Json[] {
  if (value === null) return [];
  if (Array.isArray(value)) return value;
  return value === '' ? tags : [...tags, value];
}

const withoutNull = (values: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));

/** What the changed fields become, before anybody has looked at the values. */
function wantedOf(contact: RunContact, set: UpdateContactInput['set']): JsonObject {
  let tags: Json[] = contact.tags;
  let { attributes } = contact;
  const wanted: JsonObject = {};
  for (const { name, value } of set) {
    if (name === 'tags') {
      tags = tagsOf(tags, value);
      wanted['tags'] = tags;
    } else if (fields.has(name)) {
      wanted[name] = lineOf(value);
    } else {
      attributes = { ...attributes, [name]: value };
      wanted['attributes'] = withoutNull(attributes);
    }
  }
  // The only one that the API does not take as null.
  if (wanted['name'] === null) wanted['name'] = '';
  return wanted;
}

const refused = (why: string) => ({ fault: `The contact was not changed: ${why}.` });

/**
 * A contact as a node wants it, within the limits that the API has for contacts too.
 * @returns what is wrong with the first value that cannot be saved; values are not repeated, since not
 *   everyone who reads errors may read what customers say
 */
export function changeContact(contact: RunContact, set: UpdateContactInput['set']): ChangedContact {
  const parsed = updateContactSchema.safeParse(wantedOf(contact, set));
  if (!parsed.success) {
    const [first] = fieldErrors(parsed.error);
    return refused(`${first?.path} ${first?.message}`);
  }
  const { attributes = contact.attributes, tags = contact.tags, ...rest } = parsed.data;
  if (rest.timezone && !isZone(rest.timezone)) {
    return refused('timezone must be a time zone, such as Europe/Berlin');
  }
  const changed = Object.entries(rest).map(([field, value]) => [field, value ?? '']);
  return {
    contact: {
      ...contact,
      ...(Object.fromEntries(changed) as Partial<RunContact>),
      attributes,
      tags: [...new Set(tags)],
    },
  };
}
