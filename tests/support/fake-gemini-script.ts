import { cut, type Reply } from './fake-gemini-reply.js';

type Options = { [name: string]: string };

function parse(script: string): { word: string; options: Options } {
  const [word = '', ...rest] = script.trim().split(/\s+/);
  return { word, options: Object.fromEntries(rest.map((one) => one.split('=', 2))) as Options };
}

function broken(text: string, how: 'reset' | 'end' | 'mid-json'): Reply {
  return { kind: 'break', chunks: cut(text, 4).slice(0, 2), how };
}

/**
 * What a prompt asks the fake to do by a script in it, so that a flow can steer it:
 * `[fake: 429 retry=2 times=1]`, where `times` says how often before it answers properly.
 *
 * The words are an error status, `key` (invalid API key), `blocked-prompt`, `blocked-answer`,
 * `reset`, `end`, `mid-json`, `stream-error`, `empty`, `silent`, and `slow ms=20 chunks=50`.
 * @param text the answer that the fake would give without the script
 * @param earlier how many requests with the same prompt came before
 * @returns null where there is no script, or it was followed often enough
 */
export function scriptedReply(prompt: string, text: string, earlier: number): Reply | null {
  const script = /\[fake:([^\]]+)\]/.exec(prompt)?.[1];
  if (script === undefined) return null;
  const { word, options } = parse(script);
  if (options['times'] !== undefined && earlier >= Number(options['times'])) return null;
  switch (word) {
    case 'key':
      return {
        kind: 'error',
        status: 400,
        message: 'API key not valid. Please pass a valid API key.',
        reason: 'API_KEY_INVALID',
      };
    case 'blocked-prompt':
      return { kind: 'blocked', what: 'prompt', reason: 'SAFETY' };
    case 'blocked-answer':
      return {
        kind: 'blocked',
        what: 'answer',
        reason: 'SAFETY',
        chunks: cut(text, 4).slice(0, 1),
      };
    case 'reset':
    case 'end':
    case 'mid-json':
      return broken(text, word);
    case 'stream-error':
      return { kind: 'stream-error', chunks: cut(text, 4).slice(0, 2), status: 503 };
    case 'empty':
      return { kind: 'answer', text: '' };
    case 'silent':
      return { kind: 'silent' };
    case 'slow':
      return {
        kind: 'answer',
        text,
        chunks: Number(options['chunks'] ?? 20),
        gap: Number(options['ms'] ?? 50),
      };
    default: {
      const status = Number(word);
      if (!(status >= 400 && status < 600)) throw new Error(`the fake knows no script "${script}"`);
      const retry = options['retry'];
      return { kind: 'error', status, ...(retry !== undefined && { retryDelay: `${retry}s` }) };
    }
  }
}
