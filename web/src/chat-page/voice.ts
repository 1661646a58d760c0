import { signal } from '@preact/signals';
import { locale } from './texts.js';

type Heard = { results: ArrayLike<ArrayLike<{ transcript: string }>> };
type Recognition = {
  lang: string;
  interimResults: boolean;
  onresult: (event: Heard) => void;
  onerror: (event: { error: string }) => void;
  onend: () => void;
  start(): void;
  stop(): void;
};
type WithRecognition = {
  SpeechRecognition?: new () => Recognition;
  webkitSpeechRecognition?: new () => Recognition;
};

const { SpeechRecognition, webkitSpeechRecognition } = globalThis as WithRecognition;
const Recognizer = SpeechRecognition ?? webkitSpeechRecognition;

/** Whether the browser understands speech. */
export const canListen = Recognizer !== undefined;

/** Whether the browser can speak. */
export const canSpeak = 'speechSynthesis' in globalThis;

/** Whether speech is being turned into text right now. */
export const isListening = signal(false);

/** Whether answers are read aloud. */
export const isReadingAloud = signal(false);

let recognition: Recognition | undefined;

/**
 * Turns speech into text until there is a pause.
 * @param onText takes all that was understood so far
 * @param onRefused called when the microphone cannot be used
 */
export function listen(onText: (text: string) => void, onRefused: () => void): void {
  if (!Recognizer) return;
  const own = new Recognizer();
  own.lang = locale;
  own.interimResults = true;
  own.onresult = ({ results }) =>
    onText(Array.from(results, (result) => result[0]?.transcript ?? '').join(''));
  own.onerror = ({ error }) => {
    if (error !== 'no-speech' && error !== 'aborted') onRefused();
  };
  own.onend = () => (isListening.value = false);
  recognition = own;
  isListening.value = true;
  own.start();
}

/** Stops listening; what was understood stays. */
export function stopListening(): void {
  recognition?.stop();
}

/** Reads a text aloud, if the customer has chosen so. */
export function readAloud(text: string): void {
  if (!canSpeak || !isReadingAloud.peek()) return;
  const utterance = new SpeechSynthesisUtterance(text);
  utterance.lang = locale;
  speechSynthesis.speak(utterance);
}

/** Turns reading aloud on or off; what is being read stops. */
export function toggleReading(): void {
  isReadingAloud.value = !isReadingAloud.peek();
  if (!isReadingAloud.peek()) speechSynthesis.cancel();
}
