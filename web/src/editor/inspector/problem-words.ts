import { type EditorTexts, texts as current } from '../editor-texts.js';

/** What the fields are called in the forms, by the names that the check knows them by. */
const labels = (texts: EditorTexts): { [field: string]: string } => ({
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

/** The same in the reader's language, as far as it is known there. */
function inLanguage(words: string, texts: EditorTexts): string {
  for (const [pattern, said] of texts.checkWords) {
    const groups = pattern.exec(words);
    if (!groups) continue;
    return said.replace(/\$(\d)|\{(\d)\}/g, (_, plain?: string, translated?: string) =>
      translated === undefined
        ? (groups[Number(plain)] ?? '')
        : inLanguage(groups[Number(translated)] ?? '', texts),
    );
  }
  return words;
}

/** What the check says of a node, in the reader's language, its field called as in the form. */
export function problemWords(message: string, texts: EditorTexts = current): string {
  const [, path = '', words] = /^([A-Za-z][\w.[\]]*): (.*)$/s.exec(message) ?? [];
  if (words === undefined) return inLanguage(message, texts);
  const [field = '', part] = path.split(/[.[]/);
  const known = labels(texts);
  const label = known[`${field}.${part}`] ?? known[field] ?? path;
  return `${label}: ${inLanguage(words, texts)}`;
}
