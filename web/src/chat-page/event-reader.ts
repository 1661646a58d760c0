/**
 * Reads server-sent events as our API writes them: lines end with a line feed, and the data of an
 * event is one line. Less than the whole standard, which would be a tenth of the page's script.
 * @param onEvent takes each event that is complete
 * @returns takes the next piece of the stream, wherever it was cut
 */
export function createEventReader(
  onEvent: (event: string, data: string) => void,
): (piece: string) => void {
  let rest = '';
  return (piece) => {
    const blocks = (rest + piece).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const fields = new Map<string, string>();
      for (const line of block.split('\n')) {
        const colon = line.indexOf(': ');
        if (colon > 0) fields.set(line.slice(0, colon), line.slice(colon + 2));
      }
      const data = fields.get('data');
      if (data !== undefined) onEvent(fields.get('event') ?? 'message', data);
    }
  };
}
