import type { User, Workspace } from '@crmflow/contracts';
import type { Right } from '@crmflow/contracts/rights';
import type { ComponentChildren } from 'preact';
import { useRoute } from 'preact-iso';
import { useEffect, useRef } from 'preact/hooks';
import { session } from '../session/session.js';
import { may, whoMay, workspace } from '../session/workspace.js';
import { texts as shared } from '../texts.js';
import { lazyPart } from '../ui/lazy.js';
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
import { GeneralSection } from './workspace/general-section.js';
import { MembersSection } from './workspace/members-section.js';
import { TokensSection } from './workspace/tokens-section.js';
import './settings.css';

type OfWorkspace = { workspace: Workspace };

const EndpointsSection = lazyPart<OfWorkspace>(
  async () => (await import('./workspace/endpoints-section.js')).EndpointsSection,
);
const AuditSection = lazyPart<OfWorkspace>(
  async () => (await import('./workspace/audit-section.js')).AuditSection,
);

type Name = keyof SettingsTexts['sections'];

type Section = {
  group: keyof SettingsTexts['groups'];
  /** What one has to have in the workspace to see it. */
  right?: Right;
  draw: (about: { user: User; workspace: Workspace }) => ComponentChildren;
};

const sections: Record<Name, Section> = {
  profile: { group: 'account', draw: ({ user }) => <ProfileSection user={user} /> },
  personality: { group: 'account', draw: ({ user }) => <PersonalitySection user={user} /> },
  password: { group: 'account', draw: () => <PasswordSection /> },
  sessions: { group: 'account', draw: () => <SessionsSection /> },
  appearance: { group: 'account', draw: () => <AppearanceSection /> },
  workspace: {
    group: 'workspace',
    draw: (about) => <GeneralSection workspace={about.workspace} userId={about.user.id} />,
  },
  members: {
    group: 'workspace',
    right: 'member.list',
    draw: (about) => <MembersSection {...about} />,
  },
  keys: { group: 'workspace', right: 'key.list', draw: () => <KeysSection /> },
  usage: { group: 'workspace', right: 'usage.read', draw: () => <UsageSection /> },
  tokens: {
    group: 'workspace',
    right: 'token.list',
    draw: (about) => <TokensSection workspace={about.workspace} />,
  },
  endpoints: {
    group: 'workspace',
    right: 'endpoint.list',
    draw: (about) => <EndpointsSection workspace={about.workspace} />,
  },
  audit: {
    group: 'workspace',
    right: 'audit.read',
    draw: (about) => <AuditSection workspace={about.workspace} />,
  },
};

const names = Object.keys(sections) as Name[];
const isName = (name: string): name is Name => Object.hasOwn(sections, name);
const isOffered = ({ right }: Section) => right === undefined || may(right);

/** The sections of a group that one may see. */
function Group({ group, current }: { group: Section['group']; current: Name }) {
  const shown = names.filter((name) => sections[name].group === group && isOffered(sections[name]));
  return (
    <div>
      <p id={`settings-${group}`} class="settings-title">
        {group === 'workspace' ? workspace.value?.name : texts.groups[group]}
      </p>
      <ul aria-labelledby={`settings-${group}`}>
        {shown.map((name) => (
          <li key={name}>
            <a href={`/settings/${name}`} aria-current={name === current ? 'page' : undefined}>
              {texts.sections[name]}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** What is one's own and the workspace's: each section at an address of its own. */
export function SettingsPage() {
  const { section: name = 'profile' } = useRoute().params;
  const nav = useRef<HTMLElement>(null);
  useEffect(() => {
    // On a phone the sections are wider than the page.
    nav.current?.querySelector('[aria-current]')?.scrollIntoView({ inline: 'center' });
  }, [name]);
  const { value } = session;
  const shown = workspace.value;
  if (!isName(name) || value.state !== 'in' || !shown) {
    return <MessagePage title={shared.notFound.title} text={shared.notFound.text} />;
  }
  const section = sections[name];
  return (
    <div class="page settings">
      <nav ref={nav} aria-label={texts.title}>
        <Group group="account" current={name} />
        <Group group="workspace" current={name} />
      </nav>
      <section class="setting" key={`${name} ${section.group === 'workspace' ? shown.id : ''}`}>
        <PageTitle title={texts.sections[name]} />
        {isOffered(section) ? (
          section.draw({ user: value.user, workspace: shown })
        ) : (
          <p class="muted">{section.right && shared.rights.text(whoMay(section.right))}</p>
        )}
      </section>
    </div>
  );
}
