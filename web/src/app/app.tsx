import { LocationProvider, Route, Router } from 'preact-iso';
import { useEffect } from 'preact/hooks';
import {
  EditorPage,
  AnalyticsPage,
  ContactPage,
  ContactsPage,
  ConversationPage,
  ConversationsPage,
  DeploymentPage,
  FlowConversationsPage,
  FlowListPage,
  InboxPage,
  InvitationPage,
  KnowledgeItemPage,
  KnowledgePage,
  ResetPasswordPage,
  RunPage,
  RunsPage,
  SettingsPage,
  SharePage,
  TemplatePage,
  TemplatesPage,
  VerifyEmailPage,
  VersionsPage,
} from './pages.js';
import { findSession, session } from '../session/session.js';
import { SignInPage } from '../session/sign-in-page.js';
import { texts } from '../texts.js';
import { Button } from '../ui/button.js';
import { ErrorBoundary } from '../ui/error-boundary.js';
import { MessagePage } from '../ui/message-page.js';
import { Shell } from './shell.js';

function NotFound() {
  return (
    <MessagePage title={texts.notFound.title} text={texts.notFound.text}>
      <a class="button" href="/">
        {texts.notFound.back}
      </a>
    </MessagePage>
  );
}

/** The pages behind the sign-in; their addresses stay while somebody signs in. */
function AppRoutes() {
  return (
    <Router>
      <Route path="/" component={FlowListPage} />
      <Route path="/flows/:id" component={EditorPage} />
      <Route path="/flows/:id/share" component={SharePage} />
      <Route path="/flows/:id/share/:deploymentId/:section?" component={DeploymentPage} />
      <Route path="/flows/:id/conversations" component={FlowConversationsPage} />
      <Route path="/flows/:id/versions" component={VersionsPage} />
      <Route path="/flows/:id/analytics" component={AnalyticsPage} />
      <Route path="/templates" component={TemplatesPage} />
      <Route path="/templates/:id" component={TemplatePage} />
      <Route path="/inbox/:id?" component={InboxPage} />
      <Route path="/conversations" component={ConversationsPage} />
      <Route path="/conversations/:id" component={ConversationPage} />
      <Route path="/contacts" component={ContactsPage} />
      <Route path="/contacts/:id" component={ContactPage} />
      <Route path="/runs" component={RunsPage} />
      <Route path="/runs/:runId" component={RunPage} />
      <Route path="/knowledge" component={KnowledgePage} />
      <Route path="/knowledge/:id" component={KnowledgeItemPage} />
      <Route path="/settings/:section?" component={SettingsPage} />
      <Route path="/reset-password" component={ResetPasswordPage} />
      <Route path="/verify-email" component={VerifyEmailPage} />
      <Route path="/invitation" component={InvitationPage} />
      <Route path="/register" component={FlowListPage} />
      <Route default component={NotFound} />
    </Router>
  );
}

/** The pages for those who are not signed in. */
function PublicRoutes() {
  return (
    <Router>
      <Route path="/reset-password" component={ResetPasswordPage} />
      <Route path="/verify-email" component={VerifyEmailPage} />
      <Route default component={SignInPage} />
    </Router>
  );
}

function Content() {
  const { value } = session;
  switch (value.state) {
    case 'unknown':
      return (
        <div class="centered" role="status">
          <span class="spinner" />
          <p class="muted">{texts.loading}</p>
        </div>
      );
    case 'unreachable':
      return (
        <div class="centered" role="alert">
          <p>{value.message}</p>
          <Button onClick={() => void findSession()}>{texts.tryAgain}</Button>
        </div>
      );
    case 'out':
      return <PublicRoutes />;
    case 'in':
      return <AppRoutes />;
  }
}

/** The whole web app. */
export function App() {
  useEffect(() => void findSession(), []);
  return (
    <LocationProvider>
      <Shell>
        <ErrorBoundary>
          <Content />
        </ErrorBoundary>
      </Shell>
    </LocationProvider>
  );
}
