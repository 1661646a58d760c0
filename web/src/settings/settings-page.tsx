import type { User } from '@crmflow/contracts';
import type { ComponentType } from 'preact';
import { useRoute } from 'preact-iso';
import { useEffect, useRef } from 'preact/hooks';
import { session } from '../session/session.js';
import { texts as shared } from '../texts.js';
import { MessagePage } from '../ui/message-page.js';
import { PageTitle } from '../ui/page-title.js';
import { AppearanceSection } from './appearance-section.js';
import { KeysSection } from './keys-section.js';
import { PasswordSection } from './password-section.js';
import { PersonalitySection } from './personality-section.js';
import { ProfileSection } from './profile-section.js';
import { SessionsSection } from './sessions-section.js';
import { type SettingsTexts, texts } from './settings-texts.js';
import { UsageSection } from './usage-section.js';
import './settings.css';

type Section = keyof SettingsTexts['sections'];

const sections: Record<Section, ComponentType<{ user: User }>> = {
  profile: ProfileSection,
  personality: PersonalitySection,
  password: PasswordSection,
  sessions: SessionsSection,
  keys: KeysSection,
  usage: UsageSection,
  appearance: AppearanceSection,
};

const isSection = (name: string): name is Section => Object.hasOwn(sections, name);

/** What is one's own: each section at an address of its own. */
export function SettingsPage() {
  const { section = 'profile' } = useRoute().params;
  const nav = useRef<HTMLElement>(null);
  useEffect(() => {
    // On a phone the sections are wider than the page.
    nav.current?.querySelector('[aria-current]')?.scrollIntoView({ inline: 'center' });
  }, [section]);
  const { value } = session;
  if (!isSection(section) || value.state !== 'in') {
    return <MessagePage title={shared.notFound.title} text={shared.notFound.text} />;
  }
  const Shown = sections[section];
  return (
    <div class="page settings">
      <nav ref={nav} aria-label={texts.title}>
        <p class="settings-title">{texts.title}</p>
        <ul>
          {Object.entries(texts.sections).map(([name, label]) => (
            <li key={name}>
              <a href={`/settings/${name}`} aria-current={name === section ? 'page' : undefined}>
                {label}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <section class="setting" key={section}>
        <PageTitle title={texts.sections[section]} />
        <Shown user={value.user} />
      </section>
    </div>
  );
}
