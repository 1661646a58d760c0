import { lazyPage } from '../ui/lazy-page.js';

/** The dashboard of flows. */
export const FlowListPage = lazyPage(async () => {
  const [page, { loadFlowsTexts }] = await Promise.all([
    import('../flows/flow-list-page.js'),
    import('../flows/flows-texts.js'),
  ]);
  await loadFlowsTexts();
  return page.FlowListPage;
});

/** The flows to start from. */
export const TemplatesPage = lazyPage(async () => {
  const [page, { loadTemplatesTexts }] = await Promise.all([
    import('../templates/templates-page.js'),
    import('../templates/templates-texts.js'),
  ]);
  await loadTemplatesTexts();
  return page.TemplatesPage;
});

/** One of them. */
export const TemplatePage = lazyPage(async () => {
  const [page, { loadTemplatesTexts }] = await Promise.all([
    import('../templates/template-page.js'),
    import('../templates/templates-texts.js'),
  ]);
  await loadTemplatesTexts();
  return page.TemplatePage;
});

/** The studio of one flow. */
export const EditorPage = lazyPage(async () => {
  const [page, { loadEditorTexts }] = await Promise.all([
    import('../editor/studio/editor-page.js'),
    import('../editor/editor-texts.js'),
  ]);
  await loadEditorTexts();
  return page.EditorPage;
});

/** The runs of every flow. */
export const RunsPage = lazyPage(async () => {
  const [page, { loadRunsTexts }] = await Promise.all([
    import('../runs/list/runs-page.js'),
    import('../runs/runs-texts.js'),
  ]);
  await loadRunsTexts();
  return page.RunsPage;
});

/** What of a flow was published. */
export const VersionsPage = lazyPage(async () => {
  const [page, { loadRunsTexts }, { loadEditorTexts }] = await Promise.all([
    import('../runs/versions/versions-page.js'),
    import('../runs/runs-texts.js'),
    import('../editor/editor-texts.js'),
  ]);
  await Promise.all([loadRunsTexts(), loadEditorTexts()]);
  return page.VersionsPage;
});

/** What happened in the runs of a flow. */
export const AnalyticsPage = lazyPage(async () => {
  const [page, { loadRunsTexts }] = await Promise.all([
    import('../runs/analytics/analytics-page.js'),
    import('../runs/runs-texts.js'),
  ]);
  await loadRunsTexts();
  return page.AnalyticsPage;
});

/** One run with its chat. */
export const RunPage = lazyPage(async () => {
  const [page, { loadRunsTexts }] = await Promise.all([
    import('../runs/run/run-page.js'),
    import('../runs/runs-texts.js'),
  ]);
  await loadRunsTexts();
  return page.RunPage;
});

/** Sets a password by a mailed link. */
export const ResetPasswordPage = lazyPage(
  async () => (await import('../session/reset-password-page.js')).ResetPasswordPage,
);

/** Verifies an address by a mailed link. */
export const VerifyEmailPage = lazyPage(
  async () => (await import('../session/verify-email-page.js')).VerifyEmailPage,
);

/** What ai nodes look things up in. */
export const KnowledgePage = lazyPage(async () => {
  const [page, { loadKnowledgeTexts }] = await Promise.all([
    import('../knowledge/knowledge-page.js'),
    import('../knowledge/knowledge-texts.js'),
  ]);
  await loadKnowledgeTexts();
  return page.KnowledgePage;
});

/** What was read from one item of knowledge. */
export const KnowledgeItemPage = lazyPage(async () => {
  const [page, { loadKnowledgeTexts }] = await Promise.all([
    import('../knowledge/item-page.js'),
    import('../knowledge/knowledge-texts.js'),
  ]);
  await loadKnowledgeTexts();
  return page.KnowledgeItemPage;
});

/** What is one's own. */
export const SettingsPage = lazyPage(async () => {
  const [page, { loadSettingsTexts }] = await Promise.all([
    import('../settings/settings-page.js'),
    import('../settings/settings-texts.js'),
  ]);
  await loadSettingsTexts();
  return page.SettingsPage;
});
