import type { Deployment } from '@crmflow/contracts';

/** How a site can show a chat. */
export const embedModes = ['bubble', 'inline', 'popup'] as const;

/** How a site can show a chat. */
export type EmbedMode = (typeof embedModes)[number];

/** Where the chat comes from, as its customers reach it. */
const originOf = ({ url }: Pick<Deployment, 'url'>) => new URL(url).origin;

/** The tag that shows a chat on a site. */
export function embedCode(
  { url, slug }: Pick<Deployment, 'url' | 'slug'>,
  mode: EmbedMode,
): string {
  const src = `${originOf({ url })}/embed/v1.js`;
  return `<script src="${src}" data-chat="${slug}" data-mode="${mode}" async></script>`;
}

/** What the content security policy of a site has to allow for it. */
export function cspLine({ url }: Pick<Deployment, 'url'>): string {
  const origin = originOf({ url });
  return `script-src ${origin}; frame-src ${origin};`;
}

/** What a site does once it knows who its customer is. */
export const identifyCode = (): string => `<script>
  fetch('/crmflow-token')
    .then((response) => response.text())
    .then((token) => CRMFlow.identify(token));
</script>`;
