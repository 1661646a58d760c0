import type { EditorTexts } from '../editor-texts.js';
import { canvas } from './de/canvas.js';
import { document } from './de/document.js';
import { form } from './de/form.js';
import { inspector } from './de/inspector.js';
import { testing } from './de/testing.js';
import { tests } from './de/tests.js';

/** Every text of the editor, in German. */
export const de: EditorTexts = { ...canvas, ...document, ...inspector, form, ...testing, ...tests };
