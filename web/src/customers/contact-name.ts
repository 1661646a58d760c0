import type { Contact } from '@crmflow/contracts';
import { texts } from './customers-texts.js';

/** What a contact is called: by name or address, else by the end of the id, which tells two apart. */
export const contactName = ({ id, name, email }: Pick<Contact, 'id' | 'name' | 'email'>): string =>
  name || (email ?? texts.customer(id.slice(-4)));
