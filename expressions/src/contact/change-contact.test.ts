import { type Json, type RunContact, unknownContact } from '@crmflow/contracts';
import { describe, expect, it } from 'vitest';
import { changeContact } from './change-contact.js';

const ada: RunContact = {
  ...{ id: 'c1', name: 'Ada', email: 'ada@example.com', phone: '+49 1', locale: 'en' },
  ...{ timezone: 'UTC', attributes: { plan: 'free', seats: 3 }, tags: ['new'] },
};

const change = (contact: RunContact, ...set: [name: string, value: Json][]) =>
  changeContact(
    contact,
    set.map(([name, value]) => ({ name, value })),
  );

describe('changing a contact', () => {
  it('writes fields in their form, and all else as attributes', () => {
    expect(
      change(
        unknownContact,
        ...([
          ['name', ' Ada  Lovelace '],
          ['email', 'Ada@Example.com'],
          ['phone', 4930],
          ['locale', 'de-AT'],
          ['timezone', 'Europe/Vienna'],
          ['plan', { seats: 3 }],
          ['id', 'mine'],
        ] satisfies [string, Json][]),
      ),
    ).toEqual({
      contact: {
        ...{ id: '', name: 'Ada Lovelace', email: 'ada@example.com', phone: '4930' },
        ...{ locale: 'de-AT', timezone: 'Europe/Vienna', tags: [] },
        attributes: { plan: { seats: 3 }, id: 'mine' },
      },
    });
  });

  it('keeps what is not set, and clears fields with an empty text or null', () => {
    expect(change(ada)).toEqual({ contact: ada });
    expect(change(ada, ['name', ''], ['email', null], ['plan', null], ['city', ''])).toEqual({
      contact: { ...ada, name: '', email: '', attributes: { seats: 3, city: '' } },
    });
  });

  it('adds a tag from a text, and replaces all tags from a list', () => {
    const tagsAfter = (...set: [string, Json][]) => {
      const changed = change(ada, ...set);
      return 'contact' in changed ? changed.contact.tags : changed.fault;
    };
    expect(tagsAfter(['tags', 'vip'], ['tags', 'new'], ['tags', ''])).toEqual(['new', 'vip']);
    expect(tagsAfter(['tags', ['a', 'b', 'a']], ['tags', 'c'])).toEqual(['a', 'b', 'c']);
    expect(tagsAfter(['tags', null])).toEqual([]);
  });

  it('gives the same result when made twice', () => {
    const set: [string, Json][] = [
      ['tags', 'vip'],
      ['plan', 'pro'],
      ['seats', null],
    ];
    const once = change(ada, ...set);
    expect('contact' in once && change(once.contact, ...set)).toEqual(once);
  });

  it.each<[string, Json, string]>([
    ['email', 'secret-nobody', 'email must be an email address, such as ada@example.com'],
    ['name', 'n'.repeat(201), 'name must not have more than 200 characters'],
    ['phone', '1'.repeat(51), 'phone must not have more than 50 characters'],
    ['locale', 'English', 'locale must be a language tag, such as en or pt-BR'],
    ['timezone', 'Europe/Nowhere', 'timezone must be a time zone, such as Europe/Berlin'],
    ['tags', 't'.repeat(51), 'tags[1] must not have more than 50 characters'],
    ['tags', Array.from({ length: 51 }, String), 'tags must not be more than 50'],
    ['story', 'x'.repeat(16_000), 'attributes must not be larger than 16 kB'],
  ])('rejects %s %j, without repeating it', (name, value, why) => {
    expect(change(ada, [name, value])).toEqual({ fault: `The contact was not changed: ${why}.` });
  });

  it('rejects values that are not text', () => {
    expect(change(ada, ['name', ['Ada']])).toMatchObject({
      fault: expect.stringMatching(/^The contact was not changed: name /) as string,
    });
  });
});
