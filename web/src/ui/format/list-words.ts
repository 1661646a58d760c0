import { language } from '../../texts/language.js';

const list = new Intl.ListFormat(language);

/** Several names as people say them, such as "owners and editors". */
export const listWords = (names: readonly string[]): string => list.format(names);
