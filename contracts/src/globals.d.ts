// The web globals that every runtime of ours has: Node, browsers and the workflow sandbox.

declare class TextEncoder {
  encode(text: string): Uint8Array;
}

declare class URL {
  static canParse(url: string): boolean;
  constructor(url: string);
  readonly protocol: string;
  readonly hostname: string;
  readonly port: string;
  readonly pathname: string;
  readonly username: string;
}
