import { useEffect } from 'preact/hooks';
import { Notice } from '../../ui/notice.js';
import { Skeleton } from '../../ui/skeleton.js';
import { Tabs } from '../../ui/tabs/tabs.js';
import { labelOf } from '../canvas/kinds.js';
import { texts } from '../editor-texts.js';
import type { DocumentReader } from '../model/store.js';
import { Replays } from './replays.js';
import type { Suite, SuiteView } from './suite.js';
import { TestDetail } from './test-detail.js';
import { TestList } from './test-list.js';
import { WeakSpots } from './weak-spots.js';
import './tests.css';

/** What tests take that are shown beside a canvas. */
export type TestsPanelProps = {
  suite: Suite;
  document: DocumentReader;
  /** Brings a node into sight. */
  onShow: (nodeId: string) => void;
};

/** The tests of the flow, where it is weak, and past conversations on it. */
export function TestsPanel({ suite, document, onShow }: TestsPanelProps) {
  const words = texts.tests;
  useEffect(() => {
    if (!suite.tests.peek()) void suite.load();
  }, [suite]);
  const nameOf = (nodeId: string) => {
    const node = document.node(nodeId);
    return node ? labelOf(node) : nodeId;
  };
  const shared = { suite, onShow, labelOf: nameOf };
  const { value: view } = suite.view;
  const opened = suite.tests.value?.find(({ id }) => id === suite.opened.value);
  if (view === 'tests' && opened) {
    return (
      <aside class="tests-panel" aria-label={words.title}>
        <TestDetail key={opened.id} test={opened} document={document} {...shared} />
      </aside>
    );
  }
  return (
    <aside class="tests-panel" aria-label={words.title}>
      <Tabs<SuiteView>
        label={words.views.label}
        tabs={[
          { id: 'tests', label: words.views.tests },
          { id: 'weakSpots', label: words.views.weakSpots },
          { id: 'replay', label: words.views.replay },
        ]}
        current={view}
        onChange={(next) => (suite.view.value = next)}
      />
      <div class="test-body" role="tabpanel" aria-label={words.views[view]}>
        {suite.failure.value && <Notice>{suite.failure.value.message}</Notice>}
        {view === 'weakSpots' && <WeakSpots {...shared} />}
        {view === 'replay' && <Replays {...shared} />}
        {view === 'tests' &&
          (suite.tests.value ? (
            <TestList suite={suite} />
          ) : (
            !suite.failure.value && <Skeleton label={words.loading} />
          ))}
      </div>
    </aside>
  );
}
