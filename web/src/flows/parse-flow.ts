import { texts } from '../texts.js';

/** The JSON that somebody pasted, or what is wrong with it. */
export type Parsed = { ok: true; flow: unknown } | { ok: false; message: string };

/** Reads pasted JSON. What is in it is the server's to judge. */
export function parseFlow(text: string): Parsed {
  if (text.trim() === '') return { ok: false, message: texts.importing.empty };
  try {
    return { ok: true, flow: JSON.parse(text) as unknown };
  } catch (error) {
    const reason = error instanceof Error ? error.message : '';
    return { ok: false, message: texts.importing.notJson(reason) };
  }
}
