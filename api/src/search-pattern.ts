import { searchedText } from '@crmflow/contracts';

/** A pattern for LIKE that finds a text anywhere in others. */
export const patternOf = (text: string) => `%${searchedText(text).replace(/[\\%_]/g, '\\$&')}%`;
