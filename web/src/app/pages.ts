import type { ComponentType } from 'preact';
import { lazyPage } from '../ui/lazy.js';

/** A page, with the texts that must be there before it is drawn. */
const page = <Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  ...texts: (() => Promise<void>)[]
) =>
  lazyPage<Props>(async () => {
    const [loaded] = await Promise.all([load(), ...texts.map((get) => get())]);
    return loaded;
  });

const flows = async () => (await import('../flows/flows-texts.js')).loadFlowsTexts();
const templates = async () =>
  (await import('../templates/templates-texts.js')).loadTemplatesTexts();
const editor = async () => (await import('../editor/editor-texts.js')).loadEditorTexts();
const runs = async () => (await import('../runs/runs-texts.js')).loadRunsTexts();
const knowledge = async () =>
  (await import('../knowledge/knowledge-texts.js')).loadKnowledgeTexts();
const share = async () => (await import('../share/share-texts.js')).loadShareTexts();
const customers = async () =>
  (await import('../customers/customers-texts.js')).loadCustomersTexts();
const settings = async () => (await import('../settings/settings-texts.js')).loadSettingsTexts();

/** The list of flows. */
export const FlowListPage = page(
  async () => (await import('../flows/flow-list-page.js')).FlowListPage,
  flows,
);

/** The flows to start from. */
export const TemplatesPage = page(
  async () => (await import('../templates/templates-page.js')).TemplatesPage,
  templates,
);

/** One template. */
export const TemplatePage = page(
  async () => (await import('../templates/template-page.js')).TemplatePage,
  templates,
);

/** The studio of one flow. */
export const EditorPage = page(
  async () => (await import('../editor/studio/editor-page.js')).EditorPage,
  editor,
);

/** The runs of every flow. */
export const RunsPage = page(
  async () => (await import('../runs/list/runs-page.js')).RunsPage,
  runs,
);

/** The published versions of a flow. */
export const VersionsPage = page(
  async () => (await import('../runs/versions/versions-page.js')).VersionsPage,
  runs,
  editor,
);

/** Analytics of a flow's runs. */
export const AnalyticsPage = page(
  async () => (await import('../runs/analytics/analytics-page.js')).AnalyticsPage,
  runs,
);

/** Where a flow meets the world. */
export const SharePage = page(
  async () => (await import('../share/share-page.js')).SharePage,
  share,
);

/** One chat page. */
export const DeploymentPage = page(
  async () => (await import('../share/deployment-page.js')).DeploymentPage,
  share,
);

/** What a team answers. */
export const InboxPage = page(
  async () => (await import('../customers/inbox/inbox-page.js')).InboxPage,
  customers,
);

/** What customers and flows say to each other. */
export const ConversationsPage = page(
  async () => (await import('../customers/conversations/conversations-page.js')).ConversationsPage,
  customers,
);

/** What customers say to one flow. */
export const FlowConversationsPage = page(
  async () =>
    (await import('../customers/conversations/conversations-page.js')).FlowConversationsPage,
  customers,
);

/** One conversation. */
export const ConversationPage = page(
  async () => (await import('../customers/conversations/conversation-page.js')).ConversationPage,
  customers,
);

/** Who has written. */
export const ContactsPage = page(
  async () => (await import('../customers/contacts/contacts-page.js')).ContactsPage,
  customers,
);

/** One contact. */
export const ContactPage = page(
  async () => (await import('../customers/contacts/contact-page.js')).ContactPage,
  customers,
);

/** One run with its chat. */
export const RunPage = page(async () => (await import('../runs/run/run-page.js')).RunPage, runs);

/** Sets a password by a mailed link. */
export const ResetPasswordPage = page(
  async () => (await import('../session/reset-password-page.js')).ResetPasswordPage,
);

/** Joins a workspace by a link. */
export const InvitationPage = page(
  async () => (await import('../session/invitation-page.js')).InvitationPage,
);

/** Verifies an address by a mailed link. */
export const VerifyEmailPage = page(
  async () => (await import('../session/verify-email-page.js')).VerifyEmailPage,
);

/** The sources that ai nodes answer from. */
export const KnowledgePage = page(
  async () => (await import('../knowledge/knowledge-page.js')).KnowledgePage,
  knowledge,
);

/** One source. */
export const KnowledgeItemPage = page(
  async () => (await import('../knowledge/item-page.js')).KnowledgeItemPage,
  knowledge,
);

/** The settings of the user. */
export const SettingsPage = page(
  async () => (await import('../settings/settings-page.js')).SettingsPage,
  settings,
);
