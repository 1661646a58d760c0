import type { Signal } from '@preact/signals';
import { useMemo, useRef } from 'preact/hooks';
import type { Editor } from '../editor.js';
import { createGeneration } from './generation.js';
import { GenerateDialog } from './generate-dialog.js';
import { ProposalView } from './proposal-view.js';
import '../canvas/change-marks.css';
import './generate.css';

/** More than the trigger that a new flow begins with. */
const isBegun = (editor: Editor) => editor.document.nodeIds.value.size > 1;

/** What the generation of flows takes. */
export type GenerateProps = {
  editor: Editor;
  isOpen: Signal<boolean>;
  /** The flow has become what was proposed. */
  onAccepted: () => void;
};

/** Has the flow written or changed by the model: the dialog, then the proposal over the canvas. */
export function Generate({ editor, isOpen, onAccepted }: GenerateProps) {
  const generation = useMemo(() => createGeneration(editor), [editor]);
  const prompt = useRef('');
  const state = generation.state.value;
  if (state.kind === 'proposed') {
    return (
      <ProposalView
        proposal={state.proposal}
        onAccept={() => {
          isOpen.value = false;
          prompt.current = '';
          generation.accept();
          onAccepted();
        }}
        onDiscard={() => {
          isOpen.value = false;
          generation.discard();
        }}
        onAgain={generation.discard}
      />
    );
  }
  if (!isOpen.value) return null;
  return (
    <GenerateDialog
      generation={generation}
      hasFlow={isBegun(editor)}
      nodeOf={(id) => editor.document.node(id)}
      prompt={prompt}
      onClose={() => (isOpen.value = false)}
    />
  );
}
