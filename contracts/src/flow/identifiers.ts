import { z } from 'zod';

const forbidden = new Set(['__proto__', 'constructor', 'prototype']);

// eslint-disable-next-line no-control-regex -- control characters are what they are about
const [withoutNul, withoutControls] = [/^[^\u0000]*$/, /^[^\u0000-\u001f\u007f]*$/];

/** Text that can be stored: no NUL character, which PostgreSQL cannot keep. */
export const text = (maxLength: number) =>
  z
    .string()
    .max(maxLength, `has more than ${maxLength} characters`)
    .regex(withoutNul, 'contains a NUL character; remove it');

/** Ids of nodes and edges: what an editor makes, printable and up to 100 characters. */
export const idSchema = z
  .string()
  .min(1, 'is empty; every node and edge needs an id')
  .max(100, 'has more than 100 characters')
  .regex(withoutControls, 'contains a control character; remove it')
  .refine((id) => id.isWellFormed(), 'contains half of a surrogate pair; remove it')
  .refine((id) => !forbidden.has(id), 'is a reserved name; choose another');

/** Names of variables, as expressions write them after `vars.`. */
export const variableNameSchema = z
  .string()
  .regex(
    /^[A-Za-z_][A-Za-z0-9_]{0,63}$/,
    'is no variable name: use letters, digits and _, not starting with a digit, up to 64 characters',
  )
  .refine((name) => !forbidden.has(name), 'is a reserved name; choose another');

/** The name under which a user stores a key, such as `stripe`; flows name it as their `secret`. */
export const serviceNameSchema = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/,
    'is no name of a service: use letters, digits, ".", "_" and "-", not starting with a sign, up to 64 characters',
  );
