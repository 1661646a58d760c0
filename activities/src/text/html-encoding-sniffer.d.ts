declare module 'html-encoding-sniffer' {
  /** The encoding of a page by its byte order mark, its type's label and its `meta`, as the HTML standard finds it. */
  // eslint-disable-next-line import-x/no-default-export -- so the package exports it
  export default function sniff(
    bytes: Uint8Array,
    options?: { transportLayerEncodingLabel?: string; defaultEncoding?: string },
  ): string;
}
