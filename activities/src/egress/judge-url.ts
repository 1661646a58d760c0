import { createAllowList } from '@crmflow/contracts/egress';
import { withTimeout } from '../call/deadline.js';
import { EgressError } from './egress-error.js';
import { checkedAddresses, type Resolve, resolveBySystem } from './resolve.js';
import { parseTarget } from './target.js';

const resolveMs = 3_000;

/** An address that may be asked, or why it may not. */
export type Judgement = { url: URL } | { refused: string };

/**
 * Judges addresses by themselves, without asking for the names in them: what they lead to is for the guard to
 * see, at each request.
 * @param allow `host:port` entries that are not judged: CRMFLOW_EGRESS_ALLOW
 */
export function createUrlRule(allow: readonly string[]): (text: string) => Judgement {
  const isAllowed = createAllowList(allow);
  return (text) => {
    try {
      return { url: parseTarget(text, isAllowed) };
    } catch (error) {
      if (error instanceof EgressError) return { refused: error.message };
      throw error;
    }
  };
}

/**
 * Makes a first look at addresses that users type in, so that they hear at once of those that the
 * guard will refuse. It is not a permission: the guard checks again when the connection is made.
 * @param allow `host:port` entries that are not judged: CRMFLOW_EGRESS_ALLOW
 */
export function createUrlJudge(allow: readonly string[], resolve: Resolve = resolveBySystem) {
  const isAllowed = createAllowList(allow);
  return async (text: string): Promise<Judgement> => {
    try {
      const url = parseTarget(text, isAllowed);
      // A name that cannot be resolved now is told by who fetches it.
      const addresses = checkedAddresses(url, resolve, isAllowed);
      await withTimeout(addresses, resolveMs).catch((error: unknown) => {
        if (error instanceof EgressError) throw error;
      });
      return { url };
    } catch (error) {
      if (error instanceof EgressError) return { refused: error.message };
      throw error;
    }
  };
}
