import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { avoidable, english, plain } from './word-list.js';

const root = new URL('../..', import.meta.url).pathname;
const list = [...english, ...plain];
/** Not checked: tests, generated files, licences, word lists, and what only models read. */
const skipped =
  /(^|\/)(node_modules|dist|generated|testing)\/|\.(test|itest|soak)\.|tests\/fixtures\/|thesaurus|instruction|glossary/;

/** The files below a folder with one of these endings, by their paths from the root. */
function filesBelow(folder: string, ...endings: string[]): string[] {
  return readdirSync(root + folder, { recursive: true, encoding: 'utf8' })
    .map((file) => `${folder}/${file}`)
    .filter((file) => endings.some((end) => file.endsWith(end)) && !skipped.test(file))
    .sort();
}

/** The paragraphs of a Markdown text, without its code. */
const paragraphsOf = (markdown: string) =>
  markdown
    .replace(/^```[^]*?^```/gm, '')
    .replace(/^ {4}.*$/gm, '')
    .replace(/`[^`\n]*`/g, '`code`')
    .split(/\n{2,}|\n(?=- |\d\. |\|)/)
    .map((text) => text.replace(/\s+/g, ' '));

/** The string literals of a source that hold several words; a template is one text. */
function messagesOf(file: string): string[] {
  const text = readFileSync(root + file, 'utf8');
  const found: string[] = [];
  const visit = (node: ts.Node) => {
    if (ts.isStringLiteralLike(node)) found.push(node.text);
    if (ts.isTemplateExpression(node)) {
      const parts = [node.head, ...node.templateSpans.map(({ literal }) => literal)];
      found.push(parts.map((part) => part.text).join('{}'));
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest));
  return found.filter((one) => /\w \w/.test(one) && !/\b(SELECT|UPDATE|INSERT|DELETE)\b/.test(one));
}

const documents = [
  ...['README.md', 'ARCHITECTURE.md', 'web/README.md'],
  ...filesBelow('docs', '.md'),
  ...filesBelow('tests', '.md'),
];

describe('the documentation', () => {
  it.each(documents)('%s is in plain English', (file) => {
    const paragraphs = paragraphsOf(readFileSync(root + file, 'utf8'));
    expect(paragraphs.flatMap((text) => avoidable(text, list))).toEqual([]);
  });
});

describe('the messages', () => {
  it.each([
    ...[
      'contracts/src',
      'expressions/src',
      'workflows/src',
      'proof/src',
      'activities/src',
      'db/src',
      'db/tools',
    ],
    ...['temporal-config/src', 'worker/src', 'api/src', 'scripts', 'deploy'],
  ])('in %s are in plain English', (folder) => {
    const files = filesBelow(folder, '.ts', '.mjs');
    expect(files).not.toEqual([]);
    const found = files.flatMap((file) =>
      messagesOf(file)
        .flatMap((text) => avoidable(text, list))
        .map((one) => `${file}: ${one}`),
    );
    expect(found).toEqual([]);
  });
});
