import type { JsonObject } from '../json.js';

/** The contact of a run's conversation, as expressions see it. */
export type RunContact = {
  /** Empty as long as there is no contact: it is made by the first message of a conversation. */
  id: string;
  name: string;
  email: string;
  phone: string;
  locale: string;
  timezone: string;
  attributes: JsonObject;
  tags: string[];
};

/** What expressions see where nothing is known: nothing that they name is ever missing. */
export const unknownContact: RunContact = {
  id: '',
  name: '',
  email: '',
  phone: '',
  locale: '',
  timezone: '',
  attributes: {},
  tags: [],
};

/** A contact after a change, or why it cannot be so. */
export type ChangedContact = { contact: RunContact } | { fault: string };
