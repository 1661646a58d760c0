import type { Contact, Conversation, UpdateContact } from '@crmflow/contracts';
import { asApiError } from '../../api/as-api-error.js';

/** Who a conversation is with. */
export type Person = Conversation['contact'];

/** Somebody for whom something was not done, and why. */
export type Failed = { person: Person; message: string };

/** How many are done at a time: one after the other is slow, all at once is a flood. */
const atOnce = 4;

/** The people of conversations, each once. */
export function peopleOf(conversations: readonly Pick<Conversation, 'contact'>[]): Person[] {
  return [...new Map(conversations.map(({ contact }) => [contact.id, contact])).values()];
}

/** Does something for each of many. Never rejects. @returns those for whom it failed, in order */
export async function forEach(
  people: readonly Person[],
  act: (person: Person) => Promise<unknown>,
): Promise<Failed[]> {
  const failed = new Map<Person, Failed>();
  const waiting = people.values();
  const work = async () => {
    for (const person of waiting) {
      try {
        await act(person);
      } catch (error) {
        failed.set(person, { person, message: asApiError(error).message });
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return people.flatMap((person) => failed.get(person) ?? []);
}

/** What of the API tagging needs. */
export type TagApi = {
  read: (id: string) => Promise<Pick<Contact, 'tags'>>;
  change: (id: string, change: Partial<UpdateContact>) => Promise<unknown>;
};

/** Gives a contact a tag besides those it has. @throws ApiError */
export async function addTag({ read, change }: TagApi, id: string, tag: string): Promise<void> {
  const { tags } = await read(id);
  if (!tags.includes(tag)) await change(id, { tags: [...tags, tag] });
}
