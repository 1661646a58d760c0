import type { FlowNodeInput, FlowTest, Json, TestMock } from '@crmflow/contracts';
import { kindOf } from '@crmflow/contracts/nodes';
import { texts } from '../editor-texts.js';
import { labelOf } from '../canvas/kinds.js';
import { RowsControl } from '../inspector/fields/rows-control.js';
import { SelectControl } from '../inspector/fields/select-control.js';
import { TextControl } from '../inspector/fields/text-control.js';
import { JsonField } from './json-field.js';

/** Something that a flow calls: a node, or a tool of a model. */
type Callee = { id: string; label: string; mock: { node: string } | { tool: string } };

const calls: ReadonlySet<string | undefined> = new Set(['ai', 'http', 'contact', 'email', 'flow']);

/** What a flow calls. */
function calleesOf(nodes: readonly FlowNodeInput[]): Callee[] {
  const own = nodes
    .filter((node) => calls.has(kindOf(node)) || (node.type === 'speak' && node.data.mode === 'ai'))
    .map((node) => ({ id: `node ${node.id}`, label: labelOf(node), mock: { node: node.id } }));
  const tools = nodes.flatMap((node) => (node.type === 'ai' ? (node.data.tools ?? []) : []));
  const named = tools.flatMap((tool) =>
    tool.kind === 'integration' && tool.name ? [tool.name] : [],
  );
  return [
    ...own,
    ...[...new Set(named)].map((tool) => ({
      id: `tool ${tool}`,
      label: texts.tests.standInTool(tool),
      mock: { tool },
    })),
  ];
}

/** Codes with which calls often fail. */
const errorCodes = [
  ...['http_failed', 'http_timeout', 'http_status', 'ai_unavailable', 'ai_rate_limited'],
  ...['ai_empty', 'key_missing'],
];

type Ending = 'return' | 'error' | 'sequence';

const endingOf = (mock: TestMock): Ending => {
  if (mock.sequence) return 'sequence';
  return mock.error === undefined ? 'return' : 'error';
};

const whomOf = ({ node, tool }: TestMock) => (node === undefined ? `tool ${tool}` : `node ${node}`);

function withEnding(mock: TestMock, ending: Ending): TestMock {
  const { return: value, error, sequence, calls: wanted, ...rest } = mock;
  switch (ending) {
    case 'return':
      return { ...rest, return: value ?? '' };
    case 'error':
      return { ...rest, error: error ?? 'http_failed' };
    case 'sequence':
      return {
        ...rest,
        sequence: sequence ?? [
          { ...(wanted && { calls: wanted }), ...(value !== undefined && { return: value }) },
        ],
      };
  }
}

/** A text is written as such, anything else as JSON. */
const asText = (value: Json | undefined) =>
  typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value, null, 2);

function asValue(text: string): Json {
  try {
    const value = JSON.parse(text) as Json;
    return typeof value === 'object' ? value : text;
  } catch {
    return text;
  }
}

function StandIn({
  mock,
  callees,
  onChange,
}: {
  mock: TestMock;
  callees: readonly Callee[];
  onChange: (mock: TestMock) => void;
}) {
  const words = texts.tests;
  const ending = endingOf(mock);
  const whom = whomOf(mock);
  const isKnown = callees.some(({ id }) => id === whom);
  const gone = { id: whom, label: mock.node ?? mock.tool ?? '', mock: {} };
  return (
    <div class="control-rows">
      <SelectControl
        label={words.standInOf}
        value={whom}
        options={(isKnown ? callees : [...callees, gone]).map(({ id, label }) => ({
          value: id,
          label,
        }))}
        onChange={(id) => {
          const { node: _node, tool: _tool, ...rest } = mock;
          const next = callees.find((one) => one.id === id);
          if (next) onChange({ ...rest, ...next.mock });
        }}
      />
      <SelectControl
        label={words.standInEnds}
        value={ending}
        options={(['return', 'error', 'sequence'] as const).map((one) => ({
          value: one,
          label: words.standInKinds[one],
        }))}
        onChange={(next) => onChange(withEnding(mock, next))}
      />
      {ending === 'return' && (
        <TextControl
          label={words.standInValue}
          rows={2}
          value={asText(mock.return)}
          onInput={(text) => onChange({ ...mock, return: asValue(text) })}
        />
      )}
      {ending === 'error' && (
        <TextControl
          label={words.standInError}
          isCode
          list="test-error-codes"
          value={typeof mock.error === 'string' ? mock.error : (mock.error?.code ?? '')}
          onInput={(error) => onChange({ ...mock, error })}
        />
      )}
      {ending === 'sequence' && (
        <JsonField
          label={words.standInKinds.sequence}
          value={mock.sequence}
          onChange={(sequence) =>
            onChange({ ...mock, sequence: sequence as unknown as TestMock['sequence'] })
          }
        />
      )}
    </div>
  );
}

/** Tests with live models run where somebody provides one: the studio does not offer them. */
const modelAnswers = (chosen: FlowTest['ai']): FlowTest['ai'][] =>
  chosen === 'live' ? ['mock', 'recorded', 'live'] : ['mock', 'recorded'];

/** What calls end with in a test. */
export function StandIns({
  test,
  nodes,
  onChange,
}: {
  test: FlowTest;
  nodes: readonly FlowNodeInput[];
  onChange: (change: Partial<FlowTest>) => void;
}) {
  const words = texts.tests;
  const callees = calleesOf(nodes);
  const [first] = callees;
  if (!first && test.mocks.length === 0) return null;
  const hasModel = nodes.some(
    (node) => node.type === 'ai' || (node.type === 'speak' && node.data.mode === 'ai'),
  );
  return (
    <section class="test-part" aria-label={words.standIns}>
      <p class="small muted">{words.standInsHint}</p>
      {hasModel && (
        <SelectControl
          label={words.modelAnswers}
          value={test.ai}
          options={modelAnswers(test.ai).map((value) => ({
            value,
            label: words.ai[value],
          }))}
          onChange={(ai) => onChange({ ai })}
        />
      )}
      <datalist id="test-error-codes">
        {errorCodes.map((code) => (
          <option key={code} value={code} />
        ))}
      </datalist>
      <RowsControl
        label={words.standIns}
        addLabel={words.addStandIn}
        rows={test.mocks}
        blank={(): TestMock => ({ ...first?.mock, return: '' })}
        onChange={(mocks) => onChange({ mocks })}
        row={(mock, set) => <StandIn mock={mock} callees={callees} onChange={set} />}
      />
    </section>
  );
}
