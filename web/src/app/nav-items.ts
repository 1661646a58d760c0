import {
  Activity,
  BookOpen,
  Inbox,
  type IconNode,
  LayoutTemplate,
  MessagesSquare,
  Settings,
  Users,
  Workflow,
} from 'lucide';
import {
  ContactsPage,
  ConversationsPage,
  FlowListPage,
  InboxPage,
  KnowledgePage,
  RunsPage,
  SettingsPage,
  TemplatesPage,
} from './pages.js';
import type { Right } from '@crmflow/contracts/rights';
import { may } from '../session/workspace.js';
import { texts } from '../texts.js';
import type { LazyPage } from '../ui/lazy.js';

/** A place that the navigation leads to. */
export type NavItem = {
  href: string;
  label: string;
  icon: IconNode;
  /** Fetched when somebody points at the link. */
  page?: LazyPage;
  /** Where the addresses below it start, where that is not `href`. */
  within?: string;
  /** On a phone the account's menu leads there instead. */
  isWideOnly?: true;
  /** Without it there is nothing to do there. */
  right?: Right;
};

const all = (): NavItem[] => [
  { href: '/', label: texts.nav.flows, icon: Workflow, page: FlowListPage, within: '/flows/' },
  {
    href: '/inbox',
    label: texts.nav.inbox,
    icon: Inbox,
    page: InboxPage,
    right: 'conversation.answer',
  },
  {
    href: '/conversations',
    label: texts.nav.conversations,
    icon: MessagesSquare,
    page: ConversationsPage,
    right: 'contact.read',
    // Those who answer have the inbox there.
    ...(may('conversation.answer') && { isWideOnly: true }),
  },
  {
    href: '/contacts',
    label: texts.nav.contacts,
    icon: Users,
    page: ContactsPage,
    right: 'contact.read',
  },
  {
    href: '/knowledge',
    label: texts.nav.knowledge,
    icon: BookOpen,
    page: KnowledgePage,
    right: 'knowledge.read',
  },
  {
    href: '/templates',
    label: texts.nav.templates,
    icon: LayoutTemplate,
    page: TemplatesPage,
    right: 'flow.change',
    isWideOnly: true,
  },
  {
    href: '/runs',
    label: texts.nav.runs,
    icon: Activity,
    page: RunsPage,
    // Those who may not read conversations have nothing else to look at there.
    ...(may('contact.read') && { isWideOnly: true }),
  },
  {
    href: '/settings',
    label: texts.nav.settings,
    icon: Settings,
    page: SettingsPage,
    isWideOnly: true,
  },
];

/** Where the navigation leads in the workspace that is shown, in its order. */
export const navItems = (): NavItem[] =>
  all().filter(({ right }) => right === undefined || may(right));

/**
 * How a link is to be marked.
 * @param path of the page that is shown
 * @returns `page` for the page itself, `true` for one below it
 */
export function currentOf(
  { href, within = `${href}/` }: Pick<NavItem, 'href' | 'within'>,
  path: string,
): 'page' | 'true' | undefined {
  if (path === href) return 'page';
  return path.startsWith(within) ? 'true' : undefined;
}
