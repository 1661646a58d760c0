/** How a page of another site shows a chat. */
export type FrameMode = 'bubble' | 'inline' | 'popup';

/** What the page of the site hands over once the frame has said hello; a port comes with it. */
export type Welcome = {
  type: 'crmflow:welcome';
  /** What was kept on the device, by its key. */
  kept: Record<string, string>;
  /** A JWT by which the site vouches for the customer. */
  identity?: string | undefined;
  /** Given to the flow when a conversation begins. */
  input?: Record<string, unknown> | undefined;
};

/** What the site tells the frame. */
export type FromSite =
  | { type: 'shown'; isShown: boolean }
  | { type: 'identify'; identity: string }
  | { type: 'input'; input: Record<string, unknown> }
  | { type: 'kept'; key: string; value: string }
  | { type: 'reset' };

/** What happens in a chat, as `CRMFlow.on` names it. */
export type ChatEventName = 'ready' | 'open' | 'close' | 'started' | 'message' | 'finished';

/** What the frame tells the site. */
export type ToSite =
  /** Keep a text on the device; an empty one is forgotten. */
  | { type: 'keep'; key: string; value: string }
  | { type: 'close' }
  | { type: 'unread'; count: number }
  | { type: 'look'; colour: string; radius: number; position: 'left' | 'right'; label: string }
  | { type: 'event'; name: ChatEventName; data?: unknown };
