import { ArrowLeft, Keyboard, Redo2, Search, Sparkles, Undo2 } from 'lucide';
import { texts as appTexts } from '../../texts.js';
import { FrameMenu } from '../../flow-frame/frame-menu.js';
import { PublishedState } from '../../flow-frame/flow-tabs.js';
import type { WatchedSummary } from '../../flow-frame/use-flow-summary.js';
import { Button } from '../../ui/button.js';
import { Icon } from '../../ui/icon.js';
import { texts } from '../editor-texts.js';
import { IssueButton } from '../issues/issue-button.js';
import type { OpenFlow } from '../open-editor.js';
import { People } from '../presence/people.js';
import type { Suite } from '../tests/suite.js';
import { FlowName } from './flow-name.js';
import { NearlyFull } from './nearly-full.js';
import { PublishButton } from './publish-button.js';
import { SaveState } from './save-state.js';
import type { Commands } from './commands/studio-commands.js';
import type { StudioState } from './studio-state.js';

type Props = {
  flow: OpenFlow;
  state: StudioState;
  suite: Suite;
  commands: Commands;
  published: WatchedSummary;
};

/** Above the canvas: the flow's name, undo and redo, and how saving is going. */
export function StudioBar({ flow, state, suite, commands, published }: Props) {
  const { editor, actions, checker } = flow;
  const { document, history } = editor;
  const record = document.signalOf('flow').value;
  const name = record?.kind === 'flow' ? record.name : '';
  const { value: undoName } = history.undoName;
  const { value: redoName } = history.redoName;
  return (
    <div class="studio-bar">
      {/* On a phone there is no room for the navigation. */}
      <a class="button quiet square studio-back" href="/" aria-label={appTexts.notFound.back}>
        <Icon of={ArrowLeft} />
      </a>
      <h1 class="visually-hidden">{name}</h1>
      <FlowName editor={editor} name={name} />
      <FrameMenu flow={{ id: flow.id, name }} store={flow.saving.flush} />
      <PublishedState flow={published.summary.value} />
      <div class="studio-tools" role="toolbar" aria-label={texts.tools}>
        <button
          type="button"
          class="button quiet square"
          aria-label={texts.undo(undoName)}
          title={texts.undo(undoName)}
          disabled={undoName === undefined}
          onClick={actions.undo}
        >
          <Icon of={Undo2} />
        </button>
        <button
          type="button"
          class="button quiet square"
          aria-label={texts.redo(redoName)}
          title={texts.redo(redoName)}
          disabled={redoName === undefined}
          onClick={actions.redo}
        >
          <Icon of={Redo2} />
        </button>
      </div>
      <div class="studio-tools studio-wide">
        <button
          type="button"
          class="button quiet square"
          aria-label={texts.find.open}
          title={texts.find.open}
          onClick={commands.byKey.find}
        >
          <Icon of={Search} />
        </button>
        <button
          type="button"
          class="button quiet square"
          aria-label={texts.keys.open}
          title={texts.keys.open}
          onClick={commands.byKey.help}
        >
          <Icon of={Keyboard} />
        </button>
      </div>
      <Button
        kind="quiet"
        aria-label={texts.generate.open}
        onClick={() => (state.isGenerating.value = true)}
      >
        <Icon of={Sparkles} />
        <span class="word">{texts.generate.open}</span>
      </Button>
      <People watched={flow.watched} />
      <NearlyFull />
      <SaveState flow={flow} />
      <IssueButton
        document={document}
        checker={checker}
        isOpen={state.areIssuesShown}
        onJump={commands.reveal}
      />
      <PublishButton
        flow={flow}
        state={state}
        suite={suite}
        commands={commands}
        isPublished={published.summary.value?.published !== undefined}
        onPublished={() => void published.reload()}
      />
    </div>
  );
}
