/**
 * About how many tokens of a model a text has, rather too many than too few: a third of its bytes,
 * which fits languages with long words and such without spaces too.
 */
export function tokensOf(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / 3);
}
