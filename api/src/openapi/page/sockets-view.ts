import { html, type Html } from '../../pages/html.js';
import { markdown } from '../../pages/markdown.js';
import type { ClientEvent, ServerEvent, SocketEvents } from '../socket-events.js';
import { schemaView } from './schema-view.js';

/** The anchor of a socket event. */
export const eventAnchor = (name: string) => `event-${name.replace(':', '-')}`;

const heading = (name: string) =>
  html`<h3>
    <a href="#${eventAnchor(name)}"><code>${name}</code></a>
  </h3>`;

const clientView = ({ name, description, payload, ack }: ClientEvent) => html`
  <section class="operation" id="${eventAnchor(name)}">
    ${heading(name)} ${markdown(description)}
    <h4>Payload</h4>
    ${schemaView(payload)}
    <h4>Acknowledgement, besides <code>ok: true</code></h4>
    ${schemaView(ack)}
  </section>
`;

const serverView = ({ name, description, numbered, payload }: ServerEvent) => html`
  <section class="operation" id="${eventAnchor(name)}">
    ${heading(name)}
    <p class="address">
      ${numbered ? html`<span class="tag">numbered</span>` : html`<span class="tag">live only</span>`}
    </p>
    ${markdown(description)}
    <h4>
      Payload, besides <code>runId</code>, <code>at</code>${numbered && html`, <code>seq</code>`}
    </h4>
    ${schemaView(payload)}
  </section>
`;

/** What the sockets say, in both directions. */
export function socketsView({ description, toServer, toClient }: SocketEvents): Html {
  return html`
    <section class="chapter" id="sockets">
      <h2>Live events</h2>
      ${markdown(description)}
    </section>
    <section class="chapter" id="to-server"><h2>Client to server</h2></section>
    ${toServer.map(clientView)}
    <section class="chapter" id="to-client"><h2>Server to client</h2></section>
    ${toClient.map(serverView)}
  `;
}
