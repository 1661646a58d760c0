import type { ChatDeployment } from '@crmflow/contracts';

/** How a site can show a chat. */
export const embedModes = ['bubble', 'inline', 'popup'] as const;

/** How a site can show a chat. */
export type EmbedMode = (typeof embedModes)[number];

/** Where the chat comes from, as its customers reach it. */
const originOf = ({ url }: Pick<ChatDeployment, 'url'>) => new URL(url).origin;

/** What of a chat its tag has to say. */
type Embedded = Pick<ChatDeployment, 'url' | 'slug'> & {
  settings: Pick<ChatDeployment['settings'], 'colour' | 'position'>;
};

/** What the script takes for granted of a bubble until it is opened. */
const usual = { colour: '#4f46e5', position: 'right' };

/** The tag that shows a chat on a site. */
export function embedCode({ url, slug, settings }: Embedded, mode: EmbedMode): string {
  const { colour, position } = settings;
  const attributes = [
    `src="${originOf({ url })}/embed/v1.js"`,
    `data-chat="${slug}"`,
    `data-mode="${mode}"`,
    // Before it is opened, a bubble knows of its look only what the tag says.
    ...(mode === 'bubble' && colour !== usual.colour ? [`data-colour="${colour}"`] : []),
    ...(mode === 'bubble' && position !== usual.position ? [`data-position="${position}"`] : []),
  ];
  return `<script ${attributes.join(' ')} async></script>`;
}

/** What the content security policy of a site has to allow for it. */
export function cspLine({ url }: Pick<ChatDeployment, 'url'>): string {
  const origin = originOf({ url });
  return `script-src ${origin}; frame-src ${origin};`;
}

/** What a site does once it knows who its customer is. */
export const identifyCode = (): string => `<script>
  addEventListener('crmflow:ready', async () => {
    const response = await fetch('/crmflow-token');
    CRMFlow.identify(await response.text());
  });
</script>`;
