import type { ProofChallenge } from '@crmflow/contracts';

/** So many hashes at once; between them the page can draw and be used. */
const slice = 500;

/**
 * Solves a challenge: the work that keeps floods of visitors from a chat.
 * @returns the solution as the server takes it; undefined where the browser cannot compute hashes, as on
 *   pages without HTTPS, or there is none
 */
export async function solve({ maxnumber, ...rest }: ProofChallenge): Promise<string | undefined> {
  const { subtle } = crypto as Partial<Crypto>;
  const wanted = parseInt(rest.challenge.slice(0, 8), 16);
  const encoder = new TextEncoder();
  for (let from = 0; subtle && from <= maxnumber; from += slice) {
    const hashes = await Promise.all(
      Array.from({ length: slice }, (_, i) =>
        subtle.digest('SHA-256', encoder.encode(`${rest.salt}${from + i}`)),
      ),
    );
    // Four bytes: another number has the same ones once in eighty thousand challenges.
    const found = hashes.findIndex((hash) => new DataView(hash).getUint32(0) === wanted);
    if (found >= 0) return btoa(JSON.stringify({ ...rest, number: from + found }));
    await new Promise((resolve) => setTimeout(resolve));
  }
  return undefined;
}
