/** The contract's limit for one message, in bytes of UTF-8. */
export const mostBytes = 16_000;

const encoder = new TextEncoder();

/** Size of a reply in bytes of UTF-8. */
export const bytesOf = (text: string): number => encoder.encode(text).length;
