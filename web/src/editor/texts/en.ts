import { canvas } from './en/canvas.js';
import { document } from './en/document.js';
import { form } from './en/form.js';
import { inspector } from './en/inspector.js';
import { testing } from './en/testing.js';
import { tests } from './en/tests.js';

/** Every text of the editor, in English. */
export const en = { ...canvas, ...document, ...inspector, form, ...testing, ...tests };
