import type { PublicChat, VisitorConversation } from '@crmflow/contracts';
import type { ReadonlySignal, Signal } from '@preact/signals';
import type { Outbox } from '../chat/outbox.js';
import type { Api } from './api.js';
import type { FrameMode } from './protocol.js';
import type { Site } from './site.js';
import type { Transcript } from './transcript.js';

/** What the page shows: nothing yet, the welcome, an offer to continue, or a conversation. */
export type Place = 'arriving' | 'home' | 'asking' | 'conversation';

/** Something to tell the visitor, by its code; `until` in milliseconds since 1970. */
export type Notice = { code: string; until?: number };

/** A chat as the page shows it, and what can be done in it. */
export type Chat = {
  config: PublicChat;
  place: ReadonlySignal<Place>;
  transcript: ReadonlySignal<Transcript>;
  isLoading: ReadonlySignal<boolean>;
  outbox: Outbox;
  /** Who seems to be writing. */
  writer: ReadonlySignal<'flow' | 'operator' | undefined>;
  isConnected: ReadonlySignal<boolean>;
  notice: Signal<Notice | undefined>;
  /** The conversation that can be continued. */
  earlier: ReadonlySignal<VisitorConversation | undefined>;
  isAskingConsent: Signal<boolean>;
  isStarting: ReadonlySignal<boolean>;
  /** Why nothing can be written. */
  blocked: ReadonlySignal<'deployment_paused' | 'identity_required' | undefined>;
  /** What is typed. */
  draft: ReadonlySignal<string>;
  /** Whether the frame is open. */
  isShown: ReadonlySignal<boolean>;
  /** Calls the listener with the text of each new answer. */
  onSaid(listener: (text: string) => void): void;
  type(text: string): void;
  /** Sends a message, the typed one where none is given; first asks for consent where it must. */
  send(text?: string): void;
  agree(): void;
  /** Begins a conversation in which the flow speaks first. */
  start(): void;
  resume(): void;
  /** @returns the visitor's other conversations in which something was said; undefined if that failed */
  past(): Promise<readonly VisitorConversation[] | undefined>;
  /** Shows one of them, and continues there. */
  open(conversationId: string): void;
  startAgain(): void;
  /** @returns whether it was stored */
  rate(score: number, text: string): Promise<boolean>;
  /** Whether the server knows this visitor, and so has data of them. */
  hasData(): boolean;
  download(): Promise<Blob | undefined>;
  erase(): Promise<void>;
};

/** What a chat needs. */
export type ChatDeps = {
  slug: string;
  config: PublicChat;
  api: Api;
  site: Site;
  /** Of the customer, such as `de-AT`. */
  locale: string;
  /** Undefined on a page of its own. */
  frame?: FrameMode | undefined;
};
