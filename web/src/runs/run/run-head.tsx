import { isFinal } from '@crmflow/contracts/kinds';
import type { Signal } from '@preact/signals';
import { useSignal } from '@preact/signals';
import { useLocation } from 'preact-iso';
import {
  ArrowLeft,
  ArrowRightLeft,
  CircleStop,
  EllipsisVertical,
  FlaskConical,
  GitFork,
  ScrollText,
  Undo2,
  Workflow,
  Activity,
} from 'lucide';
import { retryRun } from '../../api/runs.js';
import { asApiError } from '../../api/as-api-error.js';
import { texts as recovery } from '../runs-texts.js';
import { may } from '../../session/workspace.js';
import { texts } from '../../texts.js';
import { Button } from '../../ui/button.js';
import { Icon } from '../../ui/icon.js';
import { Menu } from '../../ui/menu/menu.js';
import { Notice } from '../../ui/notice.js';
import { attempt } from '../../ui/toast/attempt.js';
import { PageTitle } from '../../ui/page-title.js';
import type { RecoveredRun, RecoveryQuestion } from '../recovery/recovered-run.js';
import type { RunProgress } from '../../chat/progress.js';

type Props = {
  about: RecoveredRun;
  status: RunProgress['status'];
  isLogOpen: boolean;
  onLog: () => void;
  question: Signal<RecoveryQuestion | undefined>;
  onRetried: () => void;
};

/** Lets a failed run go on from where it failed. */
function Retry({ about, onRetried }: Pick<Props, 'about' | 'onRetried'>) {
  const isAsking = useSignal(false);
  const failure = useSignal('');
  const retry = async () => {
    isAsking.value = true;
    failure.value = '';
    try {
      await retryRun(about.run.runId, {});
      onRetried();
    } catch (error) {
      failure.value = asApiError(error).message;
    }
    isAsking.value = false;
  };
  return (
    <>
      <Button
        kind="primary"
        aria-label={recovery.recovery.retry.label}
        busy={isAsking.value}
        onClick={() => void retry()}
      >
        {!isAsking.value && <Icon of={Undo2} />}
        <span class="word">{recovery.recovery.retry.label}</span>
      </Button>
      {failure.value && <Notice>{failure.value}</Notice>}
    </>
  );
}

/** What else can be done with a run that is as this one is. */
function itemsOf(
  { about, status, question }: Pick<Props, 'about' | 'status' | 'question'>,
  onMakeTest: () => void,
) {
  const ask = (next: RecoveryQuestion) => () => (question.value = next);
  const { retry, fork, migrate, flow, runs, test } = recovery.recovery;
  const canMove = status === 'waiting' || status === 'paused';
  const recoveries = [
    ...(status === 'failed' ? [{ label: retry.from, icon: Undo2, onSelect: ask('retry') }] : []),
    { label: fork.label, icon: GitFork, onSelect: ask('fork') },
    ...(canMove ? [{ label: migrate.label, icon: ArrowRightLeft, onSelect: ask('migrate') }] : []),
    'separator' as const,
  ];
  return [
    ...(may('run.command') ? recoveries : []),
    ...(may('test.change') && may('transcript.read')
      ? [{ label: test, icon: FlaskConical, onSelect: onMakeTest }]
      : []),
    ...(may('flow.read') ? [{ label: flow, icon: Workflow, href: `/flows/${about.flowId}` }] : []),
    { label: runs, icon: Activity, href: `/runs?workflowId=${about.flowId}` },
  ];
}

/** The run's name, and what can be done with it. */
export function RunHead({ about, status, isLogOpen, onLog, question, onRetried }: Props) {
  const { version, flow } = about;
  const { route } = useLocation();
  const makeTest = () =>
    attempt(async () => {
      // The studio's code, which the page of a run does not carry along.
      const { createTestOfRun } = await import('../../api/tests.js');
      const { id } = await createTestOfRun(about.run.runId);
      route(`/flows/${encodeURIComponent(about.flowId)}?test=${encodeURIComponent(id)}`);
    });
  return (
    <header class="run-head">
      <a class="button quiet" href="/runs" aria-label={recovery.list.title}>
        <Icon of={ArrowLeft} />
        <span class="word">{recovery.list.title}</span>
      </a>
      <div class="name">
        <PageTitle title={flow.flow?.workflowName ?? texts.run.untitled} />
        <span class="badge">
          {version === 'draft' ? texts.run.draft : texts.run.version(version)}
        </span>
      </div>
      {status === 'failed' && may('run.command') && <Retry about={about} onRetried={onRetried} />}
      <Button
        aria-expanded={isLogOpen}
        aria-label={texts.log.open}
        title={texts.log.open}
        onClick={onLog}
      >
        <Icon of={ScrollText} />
        <span class="word">{texts.log.open}</span>
      </Button>
      {!isFinal(status) && may('run.cancel') && (
        <Button
          aria-label={texts.run.cancel}
          title={texts.run.cancel}
          onClick={() => (question.value = 'cancel')}
        >
          <Icon of={CircleStop} />
          <span class="word">{texts.run.cancel}</span>
        </Button>
      )}
      <Menu
        label={recovery.recovery.more}
        items={itemsOf({ about, status, question }, () => void makeTest())}
      >
        <Icon of={EllipsisVertical} />
      </Menu>
    </header>
  );
}
