import { MessageFormat } from 'messageformat';
import { DefaultFunctions, type MessageFunction } from 'messageformat/functions';
import type { Reason } from './issue.js';
import type { IssueReason, ValueKind } from './reasons.js';

/** The sentences of one language, in the syntax of Unicode MessageFormat 2. */
export type IssueTexts = {
  /** A BCP 47 tag, for plurals and numbers. */
  language: string;
  sentences: { readonly [R in IssueReason]: string };
  /** What `{$x :kind}` says. */
  kinds: { readonly [K in ValueKind]: string };
  /** Takes `field` and `sentence`. */
  inField: string;
  /** Takes `character`, counted from 1, and `sentence`. */
  atCharacter: string;
};

/** Makes sentences of issues in one language. */
export type IssueFormatter = {
  /** Whether there is a sentence for it: a newer server may know more reasons. */
  knows<T extends { reason?: string }>(issue: T): issue is T & Reason;
  /** What is wrong, without where. */
  sentence(why: Reason): string;
  /**
   * What is wrong and where.
   * @param issue with its offset where that is to be said
   * @param field what the reader calls the field
   */
  message(issue: Reason & { code: string; offset?: number }, field?: string): string;
};

const ignore = () => undefined;

/** Says types of values, one or several with commas between them. */
const kindFunction =
  (kinds: IssueTexts['kinds']): MessageFunction<string> =>
  (context, _options, input) => {
    const names = String(input).split(', ') as ValueKind[];
    return DefaultFunctions.string(
      context,
      {},
      names.map((name) => kinds[name] ?? name).join(', '),
    );
  };

/** Makes sentences by the texts of one language. */
export function createIssueFormatter(texts: IssueTexts): IssueFormatter {
  const compiled = new Map<string, MessageFormat<string>>();
  const functions = { kind: kindFunction(texts.kinds) };
  const format = (source: string, params: object) => {
    let message = compiled.get(source);
    if (!message) {
      message = new MessageFormat<string>(texts.language, source, {
        bidiIsolation: 'none',
        functions,
      });
      compiled.set(source, message);
    }
    return message.format({ ...params }, ignore);
  };
  const sentence = ({ reason, params }: Reason) => format(texts.sentences[reason], params);
  return {
    knows: (issue): issue is typeof issue & Reason =>
      issue.reason !== undefined && Object.hasOwn(texts.sentences, issue.reason),
    sentence,
    message(issue, field) {
      const plain = sentence(issue);
      const placed =
        issue.offset === undefined
          ? plain
          : format(texts.atCharacter, { sentence: plain, character: issue.offset + 1 });
      // What is missing is named by its sentence.
      if (!field || issue.code === 'data_missing') return placed;
      return format(texts.inField, { field, sentence: placed });
    },
  };
}
