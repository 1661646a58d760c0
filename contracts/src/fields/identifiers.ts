import { z } from 'zod';
import { because } from '../issues/issue.js';
import { lineOfText } from '../text.js';

/** How names are written, by the reason that one which does not fit has as an issue. */
export const namePatterns = {
  variable_name_invalid: /^[A-Za-z_][A-Za-z0-9_]{0,63}$/,
  service_name_invalid: /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/,
  tool_name_invalid: /^[A-Za-z_][A-Za-z0-9_]{0,62}$/,
} as const;

const forbidden = new Set(['__proto__', 'constructor', 'prototype']);

/** Text without NUL, which PostgreSQL cannot keep. */
// eslint-disable-next-line no-control-regex -- control characters are what it is about
export const withoutNul = /^[^\u0000]*$/;

/** Text that can be printed on one line. */
// eslint-disable-next-line no-control-regex -- control characters are what it is about
export const withoutControls = /^[^\u0000-\u001f\u007f]*$/;

/** Text that can be stored. */
export const text = (maxLength: number) =>
  z
    .string()
    .max(maxLength, `must not have more than ${maxLength} characters`)
    .regex(withoutNul, 'contains a NUL character. Remove it');

/** Text on one line, such as a name. */
export const line = (maxLength: number) => text(maxLength).transform(lineOfText);

/** Text on one line that says something. */
export const requiredLine = (maxLength: number) =>
  line(maxLength).refine((value) => value !== '', 'is required');

/** Ids of nodes and edges: what an editor makes, printable and up to 100 characters. */
export const idSchema = z
  .string()
  .min(1, 'is required. Every node and edge needs an ID')
  .max(100, 'must not have more than 100 characters')
  .regex(withoutControls, 'contains a control character. Remove it')
  .refine((id) => id.isWellFormed(), {
    error: 'contains half of a surrogate pair. Remove it',
    params: because('characters_forbidden'),
  })
  .refine((id) => !forbidden.has(id), {
    error: 'is a reserved name. Choose another one',
    params: because('name_forbidden'),
  });

/** Names of variables, as expressions write them after `vars.`. */
export const variableNameSchema = z
  .string()
  .regex(
    namePatterns.variable_name_invalid,
    'must be a variable name: up to 64 letters, digits and _, not starting with a digit',
  )
  .refine((name) => !forbidden.has(name), {
    error: 'is a reserved name. Choose another one',
    params: because('name_forbidden'),
  });

/** The name under which a user stores a key, such as `stripe`; flows name it as their `secret`. */
export const serviceNameSchema = z
  .string()
  .regex(
    namePatterns.service_name_invalid,
    'must be a service name: up to 64 letters, digits, ".", "_" and "-", starting with a letter or digit',
  );

/**
 * The name of a model of Gemini, as it may stand in the address of a request: one segment, or two
 * where it names its collection, such as `tunedModels/mine`.
 */
export const geminiModelPattern = /^(?:(?:models|tunedModels)\/)?[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/;

/** The name of a model as an OpenAI-compatible server has it, such as `llama3.2:3b`. */
export const openAiModelPattern = /^[A-Za-z0-9][A-Za-z0-9._:/-]{0,119}$/;

/** The name of a model: `openai/` and the name that the OpenAI-compatible server has for it, or one of Gemini. */
export const modelNamePattern =
  /^(?:openai\/[A-Za-z0-9][A-Za-z0-9._:/-]{0,119}|(?:(?:models|tunedModels)\/)?[A-Za-z0-9][A-Za-z0-9._-]{0,62})$/;

/** A model that somebody names. Drafts may hold other text; the check of the flow refuses it. */
export const modelNameSchema = z
  .string()
  .regex(
    modelNamePattern,
    'must be the name of a model, such as gemini-flash-latest. Leave it out to use the default',
  );

/** BCP 47 without extensions: language, script, region, variants. */
const languageTag =
  /^[A-Za-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|[0-9]{3}))?(?:-(?:[A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*$/;

/** A language, and the country where it matters. */
export const localeSchema = z
  .string()
  .max(35)
  .regex(languageTag, 'must be a language tag, such as en or pt-BR');

/** The form of a time zone's name. Which zones exist is checked where their rules are known. */
export const timezoneSchema = z
  .string()
  .max(64)
  .regex(/^[A-Za-z][A-Za-z0-9_+/-]*$/, 'must be a time zone, such as Europe/Berlin');
