import '../styles/tokens.css';
import '../styles/base.css';
import './chat.css';
import { render } from 'preact';
import { asProblem, createApi } from './api.js';
import { App, Opening, Unavailable } from './app.js';
import { createChat } from './chat.js';
import { applyLook } from './look.js';
import type { FrameMode } from './protocol.js';
import { greetSite, noSite } from './site.js';
import { locale, speak, texts } from './texts.js';
import { readAloud } from './voice.js';

const modes: readonly FrameMode[] = ['bubble', 'inline', 'popup'];
const root = document.getElementById('app');
if (!root) throw new Error('The page has no element #app.');
const element = root;

const slug = decodeURIComponent(/\/c\/([^/]*)/.exec(location.pathname)?.[1] ?? '');
const parameters = new URLSearchParams(location.search);
const wished = [parameters.get('lang')];
const frame = parent === window ? undefined : modes.find((one) => one === parameters.get('frame'));

async function open(): Promise<void> {
  const api = createApi(slug);
  let config;
  render(<Opening />, element);
  try {
    config = await api.chat();
  } catch (error) {
    const { code, status } = asProblem(error);
    const mayPass = status === 0 || status === 429 || status >= 500;
    render(<Unavailable code={code} onRetry={mayPass ? () => void open() : undefined} />, element);
    return;
  }
  const site = frame ? await greetSite() : noSite(slug);
  speak([...wished, config.locale, ...navigator.languages]);
  applyLook(config);
  document.title = config.title;
  const chat = createChat({ slug, config, api, site, locale, frame });
  chat.onSaid(readAloud);
  site.tell({
    ...{ type: 'look', colour: config.colour, radius: config.radius },
    ...{ position: config.position, label: config.title || texts.chat },
  });
  site.tell({ type: 'event', name: 'ready' });
  const close = frame && frame !== 'inline' ? () => site.tell({ type: 'close' }) : undefined;
  render(<App chat={chat} onClose={close} />, element);
}

document.documentElement.dataset['frame'] = frame ?? 'page';
speak([...wished, ...navigator.languages]);
void open();
