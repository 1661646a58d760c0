import type { TriedHttp } from '@crmflow/contracts';
import { toast } from '../../../ui/toast/toast.js';
import { Button } from '../../../ui/button.js';
import { texts } from '../../editor-texts.js';
import { BodyTree } from './body-tree.js';
import { expressionOf, type Step } from './path.js';

type Props = {
  answer: TriedHttp;
  /** The variable that takes the body in a run; empty where none does. */
  saveAs: string;
  onSaveAs: (name: string) => void;
};

/** The name that a variable gets which nobody has named. */
const usualName = 'answer';

function Body({ answer, saveAs }: Omit<Props, 'onSaveAs'>) {
  const { body, truncated } = answer;
  const pick = (steps: readonly Step[]) => {
    const expression = expressionOf(saveAs || usualName, steps);
    navigator.clipboard.writeText(expression).then(
      () => toast(texts.tryIt.copied(expression)),
      // Not everywhere may a page write to the clipboard; then one types it.
      () => toast(expression),
    );
  };
  if (truncated) {
    return (
      <>
        <p class="small fault">{texts.tryIt.truncated}</p>
        <pre class="answer-text" tabIndex={0}>
          {typeof body === 'string' ? body : JSON.stringify(body)}
        </pre>
      </>
    );
  }
  if (typeof body === 'string') {
    return (
      <pre class="answer-text" tabIndex={0}>
        {body || texts.tryIt.empty}
      </pre>
    );
  }
  return (
    <div class="answer-body" tabIndex={0} role="region" aria-label={texts.tryIt.body}>
      <BodyTree value={body} steps={[]} onPick={pick} />
    </div>
  );
}

/** What the service answered. */
export function Answer({ answer, saveAs, onSaveAs }: Props) {
  const { status, durationMs, bytes, headers } = answer;
  const isGood = status < 400;
  return (
    <section class="answer" aria-label={texts.tryIt.answer}>
      <p class="answer-status" role="status">
        <strong class={isGood ? 'good' : 'bad'}>{status}</strong>
        <span class="muted small">
          {texts.tryIt.took(durationMs)} · {texts.tryIt.size(bytes)}
        </span>
      </p>
      {!isGood && <p class="small muted">{texts.tryIt.leavesByError}</p>}
      <Body answer={answer} saveAs={saveAs} />
      <details>
        <summary>{texts.tryIt.headers(Object.keys(headers).length)}</summary>
        <dl class="answer-headers small">
          {Object.entries(headers).map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>
                <code>{value}</code>
              </dd>
            </div>
          ))}
        </dl>
      </details>
      {isGood && saveAs === '' && (
        <Button size="small" onClick={() => onSaveAs(usualName)}>
          {texts.tryIt.save(usualName)}
        </Button>
      )}
    </section>
  );
}
