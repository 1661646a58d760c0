import { texts } from '../editor-texts.js';

/** What the fields are called in the forms, by the names that the check knows them by. */
const labels = (): { [field: string]: string } => ({
  text: texts.form.text,
  prompt: texts.form.prompt,
  system: texts.form.system,
  variable: texts.form.variable,
  saveAs: texts.form.saveAs,
  choices: texts.form.choices,
  pattern: texts.form.pattern,
  retryText: texts.form.retryText,
  reminders: texts.form.reminders,
  timeout: texts.form.timeout,
  duration: texts.form.length,
  until: texts.form.instant,
  cases: texts.form.cases,
  assign: texts.form.assign,
  url: texts.form.url,
  query: texts.form.query,
  headers: texts.form.headers,
  body: texts.form.body,
  auth: texts.auth.key,
  schema: texts.schema.use,
  knowledge: texts.knowledge.from,
  'converse.goal': texts.converse.goal,
  'converse.collect': texts.converse.collect,
  'converse.timeout': texts.converse.timeout,
  'fallback.text': texts.fallback.text,
  fallback: texts.fallback.title,
  tools: texts.modelTools.part,
});

/** What the check says of a node, its field called as in the form. */
export function problemWords(message: string): string {
  const [, path = '', words] = /^([A-Za-z][\w.[\]]*): (.*)$/s.exec(message) ?? [];
  const [field = '', part] = path.split(/[.[]/);
  const known = labels();
  const label = known[`${field}.${part}`] ?? known[field];
  return label === undefined || words === undefined ? message : `${label}: ${words}`;
}
