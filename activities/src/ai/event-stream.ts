/** The most that one event may have: far more than a piece of an answer needs. */
const maxEvent = 1_000_000;

/**
 * The data of server-sent events, one after the other; comments and other fields are left out.
 * @throws RangeError where a line does not end
 */
export async function* eventData(body: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const bytes of body) {
    rest += decoder.decode(bytes, { stream: true });
    const lines = rest.split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? '';
    if (rest.length > maxEvent) throw new RangeError('an event is too large');
    for (const line of lines) {
      if (line.startsWith('data:')) yield line.slice('data:'.length).trim();
    }
  }
}
