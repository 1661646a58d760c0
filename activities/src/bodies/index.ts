export { isShallow } from '../call/is-shallow.js';
export { checkValueBy } from '../schema/check-value.js';
export type { CheckValue } from '../schema/check-value.js';
export { decodeText } from '../text/decode.js';
export { parseJson } from '../text/parse-json.js';
