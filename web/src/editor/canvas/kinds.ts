import type { DataInputOf, FlowNodeInput, KindId } from '@crmflow/contracts';
import { kindOf } from '@crmflow/contracts/nodes';
import { Clock, Variable } from 'lucide';
import { type Localized, localized, type Look, typeLooks } from '../../node-look.js';
import { texts } from '../editor-texts.js';

/** How the studio shows a kind of node; its form is in `inspector/node-form.tsx`. */
type NodeView<K extends KindId> = Look & {
  /** What it does, in a few words for the palette. */
  hint: Localized;
  /** What a node does, in a line for its card; empty where nothing is written yet. */
  summary(data: DataInputOf<K>): string;
};

/** A view as all kinds have in common; it only meets data of its own nodes. */
type AnyView = Look & { hint: Localized; summary(data: FlowNodeInput['data']): string };

const views: { [K in KindId]: NodeView<K> } = {
  trigger: {
    ...typeLooks.trigger,
    hint: { en: 'Starts the conversation', de: 'Startet die Konversation' },
    summary: ({ kind = 'manual' }) => texts.trigger[kind],
  },
  speak: {
    ...typeLooks.speak,
    hint: { en: 'Sends a message', de: 'Sendet eine Nachricht' },
    summary: ({ text = '' }) => text,
  },
  listen: {
    ...typeLooks.listen,
    hint: { en: 'Waits for a reply', de: 'Wartet auf eine Antwort' },
    summary: ({ expect = 'any', variable }) =>
      variable ? `${texts.expect[expect]} → ${variable}` : texts.expect[expect],
  },
  ai: {
    ...typeLooks.ai,
    hint: { en: 'Lets AI answer', de: 'Lässt die KI antworten' },
    summary: ({ converse, prompt = '' }) => converse?.goal ?? prompt,
  },
  branch: {
    ...typeLooks.logic,
    name: { en: 'Branch', de: 'Verzweigung' },
    hint: {
      en: 'Follows the first condition that is true',
      de: 'Folgt der ersten erfüllten Bedingung',
    },
    summary: ({ cases = [] }) => texts.logic.branch(cases.length),
  },
  set: {
    ...typeLooks.logic,
    icon: Variable,
    name: { en: 'Set variables', de: 'Variablen setzen' },
    hint: { en: 'Sets variables to new values', de: 'Setzt Variablen auf neue Werte' },
    summary: ({ assign = [] }) => assign.map(({ name }) => name).join(', '),
  },
  wait: {
    ...typeLooks.logic,
    icon: Clock,
    name: { en: 'Wait', de: 'Warten' },
    hint: {
      en: 'Waits for a duration or until a date',
      de: 'Wartet eine Zeit lang oder bis zu einem Datum',
    },
    summary: ({ duration, until }) => duration || until || '',
  },
  http: {
    ...typeLooks.integration,
    name: { en: 'HTTP request', de: 'HTTP-Anfrage' },
    hint: { en: 'Calls another service', de: 'Ruft einen anderen Dienst auf' },
    summary: ({ method = 'GET', url }) => (url ? `${method} ${url}` : ''),
  },
};

/** A logic node whose kind was not chosen yet. */
const undecided: AnyView = {
  ...typeLooks.logic,
  hint: typeLooks.logic.name,
  summary: () => '',
};

/** How the studio shows a kind of node. */
export const viewOfKind = (kind: KindId): AnyView => views[kind];

/** How the studio shows a node. */
export function viewOf(node: FlowNodeInput): AnyView {
  const kind = kindOf(node);
  return kind ? viewOfKind(kind) : undecided;
}

/** What a node is called: by its label, else by its kind. */
export const labelOf = (node: FlowNodeInput): string => node.label || localized(viewOf(node).name);
