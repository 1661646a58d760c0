import type { NodeType } from '@crmflow/contracts';
import { CirclePlay, Ear, type IconNode, MessageSquareText, Plug, Sparkles, Split } from 'lucide';
import { type Language, language } from './texts/language.js';

/** A text in every language of the web app. */
export type Localized = Record<Language, string>;

/** A text in the reader's language. */
export const localized = (text: Localized): string => text[language];

/** A colour of `tokens.css`. */
export type Hue = 'teal' | 'blue' | 'purple' | 'magenta' | 'amber' | 'rose';

/** How a kind of node is named and recognized. */
export type Look = { name: Localized; icon: IconNode; hue: Hue };

/**
 * The types of node, for pages that know no more of a node than its type. The studio has a look for
 * each kind, see `editor/nodes`.
 */
export const typeLooks: Record<NodeType, Look> = {
  trigger: { name: { en: 'Trigger', de: 'Auslöser' }, icon: CirclePlay, hue: 'teal' },
  speak: { name: { en: 'Speak', de: 'Nachricht' }, icon: MessageSquareText, hue: 'blue' },
  listen: { name: { en: 'Listen', de: 'Eingabe' }, icon: Ear, hue: 'purple' },
  ai: { name: { en: 'AI', de: 'KI' }, icon: Sparkles, hue: 'magenta' },
  logic: { name: { en: 'Logic', de: 'Logik' }, icon: Split, hue: 'amber' },
  integration: { name: { en: 'Integration', de: 'Integration' }, icon: Plug, hue: 'rose' },
};

/** The colour of a look as CSS. */
export const colorOf = ({ hue }: Look): string => `var(--${hue})`;

/** Sets `--kind`, by which stylesheets color what belongs to a node. */
export const kindStyle = (look: Look) => ({ '--kind': colorOf(look) });
