import { readableOn } from '../chat-page/colours.js';
import type { ChatEventName, FrameMode, FromSite, ToSite, Welcome } from '../chat-page/protocol.js';
import { styleSheet } from './style.js';

/** What a page can do with its chat: `window.CRMFlow`. */
export type CrmFlow = {
  open(): void;
  close(): void;
  toggle(): void;
  /** Vouches for the customer with a JWT. */
  identify(identity: string): void;
  /** What the flow is given when a conversation begins. */
  setInput(input: Record<string, unknown>): void;
  /** Forgets the customer on this device, such as when they sign out. */
  reset(): void;
  /** @returns ends it */
  on(event: ChatEventName, listener: (data?: unknown) => void): () => void;
  /** Removes the chat from the page. */
  destroy(): void;
};

declare global {
  interface Window {
    CRMFlow?: CrmFlow;
  }
}

const words = document.documentElement.lang.startsWith('de')
  ? { open: 'Chat öffnen', close: 'Chat schließen', unread: 'ungelesen' }
  : { open: 'Open chat', close: 'Close chat', unread: 'unread' };

const shapes = {
  open: 'M7.9 20A9 9 0 1 0 4 16.1L2 22Z',
  close: 'm6 9 6 6 6-6',
};

/** An icon, drawn by attributes that no policy for styles is about. */
function icon(shape: keyof typeof shapes): SVGElement {
  const make = (name: string, key: string, value: string) => {
    const element = document.createElementNS('http://www.w3.org/2000/svg', name);
    element.setAttribute(key, value);
    return element;
  };
  const svg = make('svg', 'viewBox', '0 0 24 24');
  svg.setAttribute('class', shape);
  svg.append(make('path', 'd', shapes[shape]));
  return svg;
}

function element<K extends keyof HTMLElementTagNameMap>(name: K, className: string) {
  const made = document.createElement(name);
  made.className = className;
  return made;
}

/** What a chat keeps on the device: under the site's own name, so that no browser forgets it. */
function keeper(chat: string) {
  const prefix = `crmflow.chat.${chat}.`;
  const memory: Record<string, string> = {};
  const attempt = (work: () => void) => {
    try {
      work();
    } catch {
      // Blocked or full: memory has it, as long as the page is there.
    }
  };
  return {
    prefix,
    all() {
      attempt(() => {
        for (const key of Object.keys(localStorage)) {
          if (key.startsWith(prefix))
            memory[key.slice(prefix.length)] = localStorage[key] as string;
        }
      });
      return { ...memory };
    },
    write(key: string, value: string) {
      if (value) memory[key] = value;
      else delete memory[key];
      attempt(() => {
        if (value) localStorage.setItem(prefix + key, value);
        else localStorage.removeItem(prefix + key);
      });
    },
  };
}

/**
 * Puts a chat on the page that a script stands on. Before somebody opens it, it is a button, and
 * nothing is loaded.
 */
export function mount(script: HTMLScriptElement): CrmFlow {
  const { chat = '', mode: wished, target, colour = '#4f46e5', position, height } = script.dataset;
  const mode: FrameMode = wished === 'inline' || wished === 'popup' ? wished : 'bubble';
  const { lang } = document.documentElement;
  const address = new URL(`../c/${chat}?frame=${mode}&lang=${lang}`, script.src);
  const kept = keeper(chat);
  const listeners = new Set<(name: string, data: unknown) => void>();
  const ending = new AbortController();
  const { signal } = ending;

  const host = document.createElement('div');
  const root = host.attachShadow({ mode: 'open' });
  const panel = element(mode === 'popup' ? 'dialog' : 'div', 'panel');
  const button = element('button', 'launcher');
  const badge = element('span', 'badge');
  let frame: HTMLIFrameElement | undefined;
  let port: MessagePort | undefined;
  let isOpen = mode === 'inline';
  let unread = 0;
  let identity: string | undefined;
  let input: Record<string, unknown> | undefined;

  root.adoptedStyleSheets = [styleSheet()];
  host.dataset['mode'] = mode;
  button.append(icon('open'), icon('close'), badge);
  panel.hidden = mode === 'bubble';
  root.append(panel, ...(mode === 'bubble' ? [button] : []));

  const tell = (message: FromSite) => port?.postMessage(message);
  const emit = (name: string, data?: unknown) => listeners.forEach((hear) => hear(name, data));

  function look(next: { colour: string; radius?: number; position?: string | undefined }): void {
    host.style.setProperty('--fill', next.colour);
    host.style.setProperty('--on-fill', readableOn(next.colour));
    host.style.setProperty('--round', `${next.radius ?? 12}px`);
    host.classList.toggle('left', next.position === 'left');
  }

  function label(): void {
    const count = unread && !isOpen ? `, ${unread} ${words.unread}` : '';
    button.setAttribute('aria-label', (isOpen ? words.close : words.open) + count);
    button.setAttribute('aria-expanded', `${isOpen}`);
    badge.textContent = count && `${unread}`;
  }

  function take(message: ToSite): void {
    if (message.type === 'keep') kept.write(message.key, message.value);
    else if (message.type === 'close') api.close();
    else if (message.type === 'event') emit(message.name, message.data);
    else if (message.type === 'unread') {
      unread = message.count;
      label();
    } else {
      look(message);
      if (frame) frame.title = message.label;
    }
  }

  function load(): void {
    if (frame) return;
    frame = document.createElement('iframe');
    frame.title = 'Chat';
    frame.allow = 'microphone';
    // An inline chat further down the page loads when it is scrolled near.
    frame.loading = 'lazy';
    frame.src = address.href;
    panel.append(frame);
  }

  const greet = ({ source, origin, data }: MessageEvent<{ type?: string } | null>) => {
    const from = frame?.contentWindow;
    // Only the frame that we made, and only while it shows the page that we gave it.
    if (!from || source !== from || origin !== address.origin) return;
    if (data?.type !== 'crmflow:hello') return;
    const channel = new MessageChannel();
    port = channel.port1;
    port.onmessage = (event: MessageEvent<ToSite>) => take(event.data);
    const welcome: Welcome = { type: 'crmflow:welcome', kept: kept.all(), identity, input };
    from.postMessage(welcome, origin, [channel.port2]);
    if (!isOpen) tell({ type: 'shown', isShown: false });
  };

  function show(next: boolean): void {
    if (mode === 'inline') {
      if (next) frame?.focus();
      return;
    }
    if (next === isOpen) return;
    const hadFocus = document.activeElement === host;
    isOpen = next;
    if (next) load();
    if (panel instanceof HTMLDialogElement) {
      if (next) panel.showModal();
      else panel.close();
    } else panel.hidden = !next;
    host.classList.toggle('open', next);
    label();
    tell({ type: 'shown', isShown: next });
    if (next) frame?.focus();
    else if (hadFocus) button.focus();
    emit(next ? 'open' : 'close');
  }

  const api: CrmFlow = {
    open: () => show(true),
    close: () => show(false),
    toggle: () => show(!isOpen),
    identify(next) {
      identity = next;
      tell({ type: 'identify', identity: next });
    },
    setInput(next) {
      input = next;
      tell({ type: 'input', input: next });
    },
    reset() {
      identity = input = undefined;
      for (const key in kept.all()) kept.write(key, '');
      tell({ type: 'reset' });
    },
    on(event, listener) {
      const hear = (name: string, data: unknown) => {
        if (name === event) listener(data);
      };
      listeners.add(hear);
      return () => void listeners.delete(hear);
    },
    destroy() {
      ending.abort();
      host.remove();
      if (window.CRMFlow === api) delete window.CRMFlow;
    },
  };

  button.addEventListener('click', api.toggle);
  panel.addEventListener('close', () => show(false));
  panel.addEventListener('click', ({ target: clicked }) => {
    // Outside the frame there is only the backdrop of the dialog.
    if (clicked === panel && mode === 'popup') show(false);
  });
  root.addEventListener('keydown', (event) => {
    if ((event as KeyboardEvent).key === 'Escape' && mode === 'bubble') show(false);
  });
  addEventListener('message', greet, { signal });
  addEventListener(
    'storage',
    ({ key, newValue }) => {
      if (key?.startsWith(kept.prefix))
        tell({ type: 'kept', key: key.slice(kept.prefix.length), value: newValue ?? '' });
    },
    { signal },
  );

  look({ colour, position });
  label();
  if (mode === 'inline') {
    load();
    host.style.height = height || (target ? '100%' : '640px');
  }
  const place = () => {
    const around = target ? document.querySelector(target) : null;
    if (mode !== 'inline') document.body.append(host);
    else if (around) around.append(host);
    else script.after(host);
  };
  if (document.readyState === 'loading' && (target || !document.body)) {
    document.addEventListener('DOMContentLoaded', place, { signal });
  } else place();
  return api;
}
