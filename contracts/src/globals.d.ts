/** The one web global that every runtime of ours has: Node, browsers and the workflow sandbox. */
declare class TextEncoder {
  encode(text: string): Uint8Array;
}
