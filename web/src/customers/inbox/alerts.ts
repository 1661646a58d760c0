import type { Conversation } from '@crmflow/contracts';
import { signal } from '@preact/signals';
import { readConversation } from '../../api/conversations.js';
import { deviceStorage } from '../../storage.js';
import { toast } from '../../ui/toast/toast.js';
import { contactName } from '../contact-name.js';
import { texts } from '../customers-texts.js';
import { myId } from './member-list.js';
import type { Changed } from './watch-inbox.js';

const kept = (name: string) => {
  const key = `inbox.${name}`;
  const isOn = signal(deviceStorage.read(key) === 'on');
  return {
    isOn,
    set(next: boolean) {
      isOn.value = next;
      deviceStorage.write(key, next ? 'on' : '');
    },
  };
};

const notify = kept('notify');
const sound = kept('sound');

/** How somebody is told of what is for them, as they chose on this device. */
export const alerts = {
  notifies: notify.isOn,
  sounds: sound.isOn,
  setSound: sound.set,
  /** Asks the browser, which asks its user. */
  async setNotify(next: boolean): Promise<void> {
    const may = !next || ('Notification' in window && (await askBrowser()));
    if (!may) toast(texts.inbox.notAllowed, { kind: 'failed' });
    notify.set(next && may);
  },
};

const askBrowser = async () => (await Notification.requestPermission()) === 'granted';

/** A short tone. Before anybody has touched the page, browsers play none. */
function beep(): void {
  const context = new AudioContext();
  const tone = context.createOscillator();
  const volume = context.createGain();
  tone.frequency.value = 660;
  volume.gain.setValueAtTime(0.08, context.currentTime);
  volume.gain.exponentialRampToValueAtTime(0.001, context.currentTime + 0.25);
  tone.connect(volume).connect(context.destination);
  tone.onended = () => void context.close();
  tone.start();
  tone.stop(context.currentTime + 0.25);
}

/** What a change is to somebody: nothing, a message for them, or a note that names them. */
export function alertOf(
  { isFromVisitor, mentions }: Changed,
  { assigneeId, waitingSince }: Pick<Conversation, 'assigneeId' | 'waitingSince'>,
  userId: string,
): 'message' | 'mention' | null {
  if (mentions?.includes(userId)) return 'mention';
  if (!isFromVisitor) return null;
  const isForAnyone = assigneeId === null && waitingSince !== null;
  return assigneeId === userId || isForAnyone ? 'message' : null;
}

/** Tells somebody by what they chose. @param open shows the conversation */
function alertUser(
  kind: 'message' | 'mention',
  conversation: Conversation,
  open: () => void,
): void {
  if (sound.isOn.peek()) beep();
  if (!notify.isOn.peek() || !('Notification' in window)) return;
  if (Notification.permission !== 'granted') return;
  const name = contactName(conversation.contact);
  const words = texts.inbox;
  const title = kind === 'mention' ? words.mentioned(name) : words.newMessage(name);
  const body = kind === 'mention' ? '' : (conversation.lastMessage?.text ?? '');
  const shown = new Notification(title, { body, tag: conversation.id, icon: '/icon.svg' });
  shown.onclick = () => {
    window.focus();
    shown.close();
    open();
  };
}

/** The conversation that the page shows, and that somebody sees. */
const seen = (conversationId: string): boolean =>
  document.visibilityState === 'visible' &&
  ['inbox', 'conversations'].some((page) => location.pathname === `/${page}/${conversationId}`);

/** Tells the user of a change that is for them, unless they see it. @param route shows an address */
export async function tellOf(changed: Changed, route: (to: string) => void): Promise<void> {
  const { conversationId, isFromVisitor, mentions } = changed;
  if (!notify.isOn.peek() && !sound.isOn.peek()) return;
  if ((!isFromVisitor && !mentions?.includes(myId())) || seen(conversationId)) return;
  // Where it cannot be read now, the list shows it anyway.
  const conversation = await readConversation(conversationId).catch(() => undefined);
  const kind = conversation && alertOf(changed, conversation, myId());
  if (kind) alertUser(kind, conversation, () => route(`/inbox/${conversationId}?view=all`));
}
