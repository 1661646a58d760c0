import type { GenerateInput } from '@crmflow/contracts';

const speaking = [
  'You are the voice of a conversation with a visitor.',
  'The last part of the last turn was not said by the visitor: it is what you shall say next, in the words of the author of the conversation.',
  'Say it to the visitor naturally, so that it follows from what was said before.',
  'Keep its language and its meaning, and keep names, numbers, dates and links exactly; add no facts and no questions of your own.',
  'Answer with what you say and nothing else.',
].join(' ');

/**
 * The instruction that stands above a conversation.
 * @param personality how the model shall sound, in its owner's words
 * @returns '' where there is nothing to instruct
 */
export function systemOf(
  purpose: GenerateInput['purpose'],
  system: string | undefined,
  personality: string,
): string {
  const parts = [purpose === 'speak' ? speaking : '', system ?? '', personality];
  return parts.filter((part) => part.trim() !== '').join('\n\n');
}
