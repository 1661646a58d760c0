import { type Kept, keepIn, keepOnPage, put } from './kept.js';
import type { FromSite, ToSite, Welcome } from './protocol.js';

/** The page around a chat: another site's, or none. */
export type Site = {
  kept: Kept;
  identity?: string | undefined;
  input?: Record<string, unknown> | undefined;
  tell(message: ToSite): void;
  listen(onMessage: (message: FromSite) => void): void;
};

/** For a page that is not in a frame. */
export const noSite = (slug: string): Site => ({
  kept: keepOnPage('localStorage', slug),
  tell: () => undefined,
  listen: () => undefined,
});

function siteAt(port: MessagePort, { kept, identity, input }: Welcome): Site {
  const tell = (message: ToSite) => port.postMessage(message);
  const entries = new Map(Object.entries(kept));
  return {
    kept: keepIn(entries, (key, value) => tell({ type: 'keep', key, value })),
    identity,
    input,
    tell,
    listen(onMessage) {
      port.onmessage = ({ data }: MessageEvent<FromSite>) => {
        // Another tab of the site has changed it.
        if (data.type === 'kept') put(entries, data.key, data.value);
        else onMessage(data);
      };
    },
  };
}

/** Whether the browser says that the page around us is of another origin than the sender. */
const isOther = (origin: string): boolean => {
  const { ancestorOrigins } = location as { ancestorOrigins?: DOMStringList };
  return ancestorOrigins?.[0] !== undefined && ancestorOrigins[0] !== origin;
};

/**
 * Greets the loader on the page around this frame, which answers with a port for all that follows.
 * The greeting says nothing, so that anybody may hear it; only the page right around us is answered,
 * and the content security policy lets none but the deployment's sites be that.
 */
export function greetSite(): Promise<Site> {
  return new Promise((resolve) => {
    const take = ({ source, origin, data, ports: [port] }: MessageEvent<Welcome | undefined>) => {
      if (source !== parent || isOther(origin) || data?.type !== 'crmflow:welcome' || !port) return;
      removeEventListener('message', take);
      resolve(siteAt(port, data));
    };
    addEventListener('message', take);
    parent.postMessage({ type: 'crmflow:hello' }, '*');
  });
}
