import type { Contact, Json } from '@crmflow/contracts';
import { attributeText } from './attribute-text.js';

const fields = ['name', 'email', 'phone', 'locale', 'timezone'] as const;

/** A field of a contact that has one value. */
export type ContactField = (typeof fields)[number];

/** What becomes of a contact that is merged into another one. */
export type MergePreview = {
  /** What the other one has not, and gets. */
  gains: { field: ContactField; value: string }[];
  /** What the other one has otherwise, and keeps. */
  drops: { field: ContactField; value: string }[];
  tags: string[];
  attributes: { name: string; value: string }[];
  droppedAttributes: { name: string; value: string }[];
  identities: number;
  getsBlocked: boolean;
};

const isSame = (one: Json | undefined, other: Json | undefined) =>
  JSON.stringify(one) === JSON.stringify(other);

/** What would come of a merge, as the API does it: the other one keeps what it has. */
export function previewMerge(from: Contact, into: Contact): MergePreview {
  const given = fields.flatMap((field) => {
    const value = from[field];
    return value === null || value === '' || value === into[field] ? [] : [{ field, value }];
  });
  const isMissing = ({ field }: { field: ContactField }) =>
    into[field] === null || into[field] === '';
  const attributes = Object.entries(from.attributes)
    .filter(([name, value]) => !isSame(value, into.attributes[name]))
    .map(([name, value]) => ({ name, value: attributeText(value) }));
  const isNew = ({ name }: { name: string }) => !Object.hasOwn(into.attributes, name);
  return {
    gains: given.filter(isMissing),
    drops: given.filter((one) => !isMissing(one)),
    tags: from.tags.filter((tag) => !into.tags.includes(tag)),
    attributes: attributes.filter(isNew),
    droppedAttributes: attributes.filter((one) => !isNew(one)),
    identities: from.identities.length,
    getsBlocked: from.blockedAt !== null && into.blockedAt === null,
  };
}
