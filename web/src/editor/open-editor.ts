import type { FlowResource } from '@crmflow/contracts';
import { loadFlow, refusedHosts, saveFlow } from '../api/flows.js';
import { replaceFlow } from './commands/flow.js';
import { type Actions, createActions } from './actions/actions.js';
import { type Checker, createChecker } from './check/checker.js';
import { createEditor, type Editor } from './editor.js';
import { texts } from './editor-texts.js';
import { editedPart } from './model/edited-part.js';
import { type AutoSave, createAutoSave } from './save/auto-save.js';
import { browserDrafts } from './save/local-drafts.js';
import { openSocket } from '../realtime/socket.js';
import { shareFlow } from './presence/share-flow.js';
import type { WatchedFlow } from './presence/watch-flow.js';
import { wishedDirection } from './wished-direction.js';
import { createTestSession, type TestSession } from './test-run/test-session.js';

/** A flow that is open in the studio. */
export type OpenFlow = {
  id: string;
  editor: Editor;
  actions: Actions;
  saving: AutoSave;
  checker: Checker;
  session: TestSession;
  /** Who else has it open. */
  watched: WatchedFlow;
  close(): void;
};

/**
 * Opens a flow, with what the device still has of it that was never saved.
 * @param flow as the server has it
 */
export async function openEditor(flow: FlowResource): Promise<OpenFlow> {
  const { id } = flow;
  const drafts = browserDrafts();
  const unsaved = await drafts.read(id);
  const editor = createEditor(editedPart(flow), wishedDirection());
  if (unsaved) editor.history.run(texts.steps.restore, replaceFlow(editor.document, unsaved.flow));
  const saving = createAutoSave({
    id,
    document: editor.document,
    revision: unsaved?.revision ?? flow.revision,
    isChanged: unsaved !== undefined,
    put: saveFlow,
    read: loadFlow,
    drafts,
    adopt: (theirs) =>
      editor.history.run(texts.steps.followed, replaceFlow(editor.document, theirs)),
  });
  const checker = createChecker(editor.document, (hosts) => refusedHosts(id, hosts));
  const session = createTestSession(id, editor.document, saving);
  const watched = shareFlow(openSocket(), id, saving);
  return {
    id,
    editor,
    actions: createActions(editor),
    saving,
    checker,
    session,
    watched,
    close() {
      watched.close();
      session.close();
      checker.dispose();
      void saving.flush().finally(() => saving.dispose());
    },
  };
}
