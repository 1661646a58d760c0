import type { DataInputOf, FlowNodeInput, KindId } from '@crmflow/contracts';
import { kindIds, kindOf, readableData } from '@crmflow/contracts/nodes';
import {
  Clock,
  ContactRound,
  Headset,
  MessageCircleQuestionMark,
  Reply,
  Variable,
  Workflow,
} from 'lucide';
import { type Localized, localized, type Look, typeLooks } from '../../node-look.js';
import { texts } from '../editor-texts.js';

/** Labels of a form, by field. */
type Labels = { [field: string]: string };

/** How the studio shows a kind of node; its form is in `inspector/node-form.tsx`. */
type NodeView<K extends KindId> = Look & {
  /** What it does, in a few words for the palette. */
  hint: Localized;
  /** What a node does, in a line for its card; empty where nothing is written yet. */
  summary(data: DataInputOf<K>): string;
  /** What its form calls its fields, by their paths in the data; `[]` stands for any row of a list. */
  labels(data: DataInputOf<K>): Labels;
};

/** A view as all kinds have in common; it only meets data of its own nodes. */
type AnyView = Look & {
  hint: Localized;
  summary(data: FlowNodeInput['data']): string;
  labels(data: FlowNodeInput['data']): Labels;
};

const views: { [K in KindId]: NodeView<K> } = {
  trigger: {
    ...typeLooks.trigger,
    hint: { en: 'Starts the conversation', de: 'Startet die Konversation' },
    summary: ({ kind = 'manual' }) => texts.trigger[kind],
    labels: () => ({ kind: texts.form.starts }),
  },
  speak: {
    ...typeLooks.speak,
    hint: { en: 'Sends a message', de: 'Sendet eine Nachricht' },
    summary: ({ text = '' }) => text,
    labels: ({ mode }) => ({
      mode: texts.form.mode,
      text: mode === 'ai' ? texts.form.gist : texts.form.text,
      timeout: texts.form.attemptTimeout,
      retryFor: texts.form.retryFor,
    }),
  },
  listen: {
    ...typeLooks.listen,
    hint: { en: 'Waits for a reply', de: 'Wartet auf eine Antwort' },
    summary: ({ expect = 'any', variable }) =>
      variable ? `${texts.expect[expect]} → ${variable}` : texts.expect[expect],
    labels: () => ({
      variable: texts.form.variable,
      expect: texts.form.expects,
      choices: texts.form.choices,
      'choices[].label': texts.form.choiceLabel,
      'choices[].value': texts.form.choiceValue,
      pattern: texts.form.pattern,
      retries: texts.form.retries,
      retryText: texts.form.retryText,
      timeout: texts.form.timeout,
      reminders: texts.form.reminders,
      'reminders[].after': texts.form.reminderAfter,
      'reminders[].text': texts.form.reminderText,
    }),
  },
  ai: {
    ...typeLooks.ai,
    hint: { en: 'Lets AI answer', de: 'Lässt die KI antworten' },
    summary: ({ converse, prompt = '' }) => converse?.goal ?? prompt,
    labels: ({ converse }) => ({
      prompt: converse ? texts.converse.how : texts.form.prompt,
      system: texts.form.system,
      model: texts.form.model,
      temperature: texts.form.temperature,
      timeout: texts.form.attemptTimeout,
      retryFor: texts.form.retryFor,
      saveAs: texts.form.saveAs,
      output: texts.form.output,
      schema: texts.schema.use,
      knowledge: texts.knowledge.from,
      'converse.goal': texts.converse.goal,
      'converse.collect': texts.converse.collect,
      'converse.maxTurns': texts.converse.turns,
      'converse.timeout': texts.converse.timeout,
      fallback: texts.fallback.title,
      'fallback.text': texts.fallback.text,
      tools: texts.modelTools.part,
      'tools[].node': texts.modelTools.integration,
      'tools[].name': texts.modelTools.name,
      'tools[].description': texts.modelTools.description,
      'tools[].parameters': texts.modelTools.parameters,
    }),
  },
  branch: {
    ...typeLooks.logic,
    name: { en: 'Branch', de: 'Verzweigung' },
    hint: {
      en: 'Follows the first condition that is true',
      de: 'Folgt der ersten erfüllten Bedingung',
    },
    summary: ({ cases = [] }) => texts.logic.branch(cases.length),
    labels: () => ({
      cases: texts.form.cases,
      'cases[].handle': texts.form.caseName,
      'cases[].when': texts.form.when,
    }),
  },
  set: {
    ...typeLooks.logic,
    icon: Variable,
    name: { en: 'Set variables', de: 'Variablen setzen' },
    hint: { en: 'Sets variables to new values', de: 'Setzt Variablen auf neue Werte' },
    summary: ({ assign = [] }) => assign.map(({ name }) => name).join(', '),
    labels: () => ({
      assign: texts.form.assign,
      'assign[].name': texts.form.variableName,
      'assign[].value': texts.form.value,
    }),
  },
  wait: {
    ...typeLooks.logic,
    icon: Clock,
    name: { en: 'Wait', de: 'Warten' },
    hint: {
      en: 'Waits for a duration or until a date',
      de: 'Wartet eine Zeit lang oder bis zu einem Datum',
    },
    summary: ({ duration, until, officeHours }) =>
      duration || until || (officeHours ? texts.form.waitHours : ''),
    labels: () => ({ duration: texts.form.length, until: texts.form.instant }),
  },
  http: {
    ...typeLooks.integration,
    name: { en: 'HTTP request', de: 'HTTP-Anfrage' },
    hint: { en: 'Calls another service', de: 'Ruft einen anderen Dienst auf' },
    summary: ({ method = 'GET', url }) => (url ? `${method} ${url}` : ''),
    labels: ({ auth }) => ({
      method: texts.form.method,
      url: texts.form.url,
      headers: texts.form.headers,
      query: texts.form.query,
      body: texts.form.body,
      saveAs: texts.form.saveAs,
      timeout: texts.form.attemptTimeout,
      retryFor: texts.form.retryFor,
      auth: texts.auth.key,
      'auth.name': auth?.in === 'query' ? texts.auth.queryName : texts.auth.headerName,
    }),
  },
  contact: {
    ...typeLooks.integration,
    icon: ContactRound,
    name: { en: 'Update contact', de: 'Kontakt ändern' },
    hint: {
      en: 'Saves what you know about the customer',
      de: 'Speichert, was über den Kunden bekannt ist',
    },
    summary: ({ set = [] }) => set.map(({ name }) => name).join(', '),
    labels: () => ({
      set: texts.contact.fields,
      'set[].name': texts.contact.field,
      'set[].value': texts.form.value,
    }),
  },
  handoff: {
    ...typeLooks.integration,
    icon: Headset,
    name: { en: 'Hand off', de: 'Übergabe' },
    hint: {
      en: 'Waits until your team has answered',
      de: 'Wartet, bis das Team geantwortet hat',
    },
    summary: ({ note = '', message = '', team = '' }) => note || message || team,
    labels: () => ({
      message: texts.handoff.message,
      note: texts.handoff.note,
      team: texts.handoff.team,
      timeout: texts.form.timeout,
      outside: texts.handoff.outside,
      outsideMessage: texts.handoff.outsideMessage,
    }),
  },
  respond: {
    ...typeLooks.integration,
    icon: Reply,
    name: { en: 'Respond', de: 'Antworten' },
    hint: { en: 'Answers the webhook', de: 'Antwortet auf den Webhook' },
    summary: ({ status = 200 }) => String(status),
    labels: () => ({
      status: texts.respond.status,
      headers: texts.form.headers,
      body: texts.respond.body,
    }),
  },
  flow: {
    ...typeLooks.integration,
    icon: Workflow,
    name: { en: 'Run a flow', de: 'Flow ausführen' },
    hint: { en: 'Runs another flow', de: 'Führt einen anderen Flow aus' },
    summary: ({ workflowId, wait = true, saveAs }) =>
      workflowId ? texts.calledFlow.summary(wait, saveAs) : '',
    labels: () => ({
      workflowId: texts.calledFlow.flow,
      version: texts.calledFlow.version,
      input: texts.calledFlow.input,
      saveAs: texts.form.saveAs,
    }),
  },
};

/** A logic node whose kind was not chosen yet. */
const undecided: AnyView = {
  ...typeLooks.logic,
  hint: typeLooks.logic.name,
  summary: () => '',
  labels: () => ({ kind: texts.form.does }),
};

/** How the studio shows each kind of node. */
export const everyView: readonly AnyView[] = Object.values(views);

/** How the studio shows a kind of node. */
export const viewOfKind = (kind: KindId): AnyView => views[kind];

/** How a question is shown: a message with the node that waits for the reply. */
const askView = {
  ...typeLooks.speak,
  icon: MessageCircleQuestionMark,
  name: { en: 'Question', de: 'Frage' },
  hint: {
    en: 'Sends a message and waits for the reply',
    de: 'Sendet eine Nachricht und wartet auf die Antwort',
  },
} satisfies Look & { hint: Localized };

/** What can be added: a node of a kind, or a question. */
export type AdditionId = KindId | 'ask';

/** All that can be added to a flow, in the order in which people meet it. */
export const additions: readonly AdditionId[] = kindIds.flatMap((kind) =>
  kind === 'speak' ? (['ask', kind] as const) : [kind],
);

/** How the studio shows what can be added. */
export const viewOfAddition = (id: AdditionId): Look & { hint: Localized } =>
  id === 'ask' ? askView : viewOfKind(id);

/** What a button is called that adds it. */
export const offerOf = (id: AdditionId): string =>
  id === 'ask' ? texts.askQuestion : localized(viewOfKind(id).name);

/** How a card is shown. @param reply of a question: the node that waits for the reply */
export const cardViewOf = (node: FlowNodeInput, reply: FlowNodeInput | undefined): Look =>
  reply ? askView : viewOf(node);

/** How the studio shows a node. */
export function viewOf(node: FlowNodeInput): AnyView {
  const kind = kindOf(node);
  return kind ? viewOfKind(kind) : undecided;
}

/** What a node does, in a line; empty where nothing is written that can be read. */
export function summaryOf(node: FlowNodeInput): string {
  const summary: unknown = viewOf(node).summary(readableData(node.data));
  return typeof summary === 'string' ? summary : '';
}

/** What a node is called: by its label, else by its kind. */
export const labelOf = (node: FlowNodeInput): string => node.label || localized(viewOf(node).name);
