import { Check, CloudOff, TriangleAlert } from 'lucide';
import { Button } from '../../ui/button.js';
import { Icon } from '../../ui/icon.js';
import { replaceFlow } from '../commands/flow.js';
import { texts } from '../editor-texts.js';
import { editedPart } from '../model/edited-part.js';
import { readFlow } from '../model/flow-document.js';
import type { OpenFlow } from '../open-editor.js';
import { type Differences, differences } from '../save/differences.js';

const longestList = 5;

function listed(names: readonly string[]): string {
  const shown = names.slice(0, longestList).join(', ');
  const rest = names.length - longestList;
  return rest > 0 ? texts.save.differences.more(shown, rest) : shown;
}

/** Each difference that there is, in a line of its own. */
function differenceLines(of: Differences): string[] {
  const words = texts.save.differences;
  return [
    of.added.length > 0 && words.added(listed(of.added)),
    of.removed.length > 0 && words.removed(listed(of.removed)),
    of.changed.length > 0 && words.changed(listed(of.changed)),
    of.wires > 0 && words.connections(of.wires),
    of.hasOtherName && words.name,
    of.hasOtherNotes && words.notes,
  ].filter((line) => line !== false);
}

/** How saving is going; where two have changed the flow, the choice between them. */
export function SaveState({ flow: { editor, saving } }: { flow: OpenFlow }) {
  const { value } = saving.state;
  switch (value.kind) {
    case 'saved':
      return (
        <span class="save-state muted small" role="status">
          <Icon of={Check} size={16} />
          {texts.save.saved}
        </span>
      );
    case 'dirty':
    case 'saving':
      return (
        <span class="save-state muted small" role="status">
          <span class="spinner" />
          {texts.save.saving}
        </span>
      );
    case 'offline':
      return (
        <span class="save-state warn small" role="status" title={value.error.message}>
          <Icon of={CloudOff} size={16} />
          {value.isKept ? texts.save.offline : texts.save.offlineUnkept}
        </span>
      );
    case 'refused':
      return (
        <span class="save-state fault small" role="alert" title={value.error.message}>
          <Icon of={TriangleAlert} size={16} />
          {texts.save.refused}: {value.error.message}
        </span>
      );
    case 'conflict': {
      const theirs = editedPart(value.theirs);
      const difference = differences(readFlow(editor.document), theirs);
      const take = () => {
        editor.history.run(texts.steps.takeTheirs, replaceFlow(editor.document, theirs));
        saving.tookTheirs();
      };
      return (
        <div class="save-stale" role="alertdialog" aria-label={texts.save.stale}>
          <strong>{texts.save.stale}</strong>
          <ul class="small">
            {differenceLines(difference).map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
          <p class="small">{texts.save.undoable}</p>
          <div class="actions">
            <Button size="small" onClick={take}>
              {texts.save.theirs}
            </Button>
            <Button size="small" kind="primary" onClick={() => void saving.keepMine()}>
              {texts.save.mine}
            </Button>
          </div>
        </div>
      );
    }
  }
}
