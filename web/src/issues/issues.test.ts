import {
  because,
  flowSchema,
  type IssueFormatter,
  issueOf,
  type IssueParams,
  type IssueReason,
  type Json,
  type Reason,
  type ValueKind,
  type ValueType,
} from '@crmflow/contracts';
import { checkFlow } from '@crmflow/expressions';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { avoidable, english, german } from '../../../tests/lint/word-list.js';
import { formatter as deFormatter } from './de.js';
import { formatter as enFormatter } from './en.js';

type Samples = {
  [R in IssueReason]: { [P in keyof IssueParams[R]]: fc.Arbitrary<IssueParams[R][P]> };
};

const word = fc.stringMatching(/^[a-z]{1,9}$/);
const number = fc.integer({ min: 1, max: 5000 });
const kind = fc.constantFrom<ValueKind>(
  ...(['null', 'bool', 'int', 'double', 'string', 'list', 'map', 'timestamp'] as const),
  ...(['duration', 'type', 'dyn'] as const),
);
const operator = fc.constantFrom('+', '-', '*', '/', '&&', '||', '!', '?');
const pair = { left: kind, right: kind };

/** What each sentence may be about; one that is forgotten does not compile. */
const samples: Samples = {
  format_invalid: { detail: word },
  field_unknown: {},
  flow_missing: {},
  flow_gone: {},
  flow_unpublished: { name: word },
  flow_version_gone: { name: word, version: number },
  flow_listens: { name: word, label: word },
  flow_unheard: { name: word, label: word },
  type_expected: {
    expected: fc.constantFrom<ValueType>(
      ...(['text', 'number', 'integer', 'boolean', 'list', 'object', 'null'] as const),
    ),
  },
  value_unknown: { known: word, count: number },
  text_missing: {},
  text_too_short: { limit: number },
  characters_forbidden: {},
  text_too_long: { limit: number },
  list_too_long: { limit: number },
  value_too_small: { limit: number },
  value_too_big: { limit: number },
  value_too_large: { limit: number },
  variables_too_large: { limit: number },
  flow_too_large: { limit: number },
  variable_name_invalid: {},
  service_name_invalid: {},
  tool_name_invalid: {},
  name_forbidden: {},
  duration_invalid: {},
  time_limit_too_long: { minutes: number },
  retry_time_invalid: { days: number },
  branch_name_else: {},
  node_id_duplicate: { id: word },
  edge_id_duplicate: { id: word },
  note_id_duplicate: { id: word },
  variable_duplicate: { name: word },
  edge_source_unknown: { id: word },
  edge_target_unknown: { id: word },
  edge_handle_unknown: { handle: word, node: word, known: word },
  handle_used_twice: { handle: word, node: word },
  trigger_missing: {},
  trigger_extra: {},
  unreachable: { label: word },
  loop_without_wait: { count: number },
  variable_unknown: { name: word },
  variable_misspelt: { name: word, suggestion: word },
  variable_set_later: { name: word },
  contact_field_unknown: { name: word },
  contact_field_misspelt: { name: word, suggestion: word },
  message_missing: {},
  reply_variable_missing: {},
  choices_missing: {},
  choice_label_missing: { number },
  choice_value_missing: { number },
  pattern_missing: {},
  reminder_delay_missing: { number },
  reminder_text_missing: { number },
  time_limit_empty: {},
  prompt_missing: {},
  goal_missing: {},
  answer_variable_missing: {},
  collect_variable_missing: {},
  fallback_text_missing: {},
  tool_integration_missing: { number },
  tool_name_missing: { number },
  tool_description_missing: { number },
  action_missing: {},
  branches_missing: {},
  condition_missing: { branch: word },
  assignments_missing: {},
  assigned_variable_missing: { number },
  contact_fields_missing: {},
  contact_field_missing: { number },
  wait_length_missing: {},
  wait_until_missing: {},
  url_missing: {},
  key_missing: {},
  key_header_missing: {},
  key_parameter_missing: {},
  choice_duplicate: { text: word },
  brace_single: { text: word, name: word },
  brace_stray: {},
  division_drops_rest: { divisor: word, example: word, result: word },
  day_of_24_hours: { duration: word },
  zone_unknown: { zone: word },
  template_in_json: {},
  choices_unused: {},
  pattern_unused: {},
  callback_missing: {},
  callback_ambiguous: { labels: word },
  callback_unknown: { name: word },
  branch_name_duplicate: { name: word },
  wait_conflict: {},
  instant_invalid: {},
  schema_beside_goal: {},
  schema_beside_fallback: {},
  schema_beside_tools: {},
  tool_name_duplicate: { name: word },
  tool_name_reserved: { name: word },
  tool_integration_gone: {},
  customer_words_in_system: { expression: word },
  model_invalid: {},
  url_invalid: {},
  host_refused: { host: word, problem: fc.constantFrom('port', 'address') },
  body_not_sent: { method: fc.constantFrom('GET', 'HEAD') },
  header_name_invalid: { name: word },
  status_invalid: {},
  header_not_answered: { name: word },
  answer_unasked: {},
  answer_again: {},
  header_line_break: {},
  header_filled_by_key: { name: word },
  parameter_filled_by_key: { name: word },
  key_host_templated: {},
  schema_expected: {},
  schema_object_expected: {},
  schema_type_invalid: {},
  schema_keyword_unsupported: { keyword: word, type: word },
  schema_properties_missing: {},
  schema_any_of_invalid: {},
  schema_beside_any_of: { keyword: word },
  schema_too_deep: { limit: number },
  schema_property_unknown: { name: word },
  schema_value_invalid: {
    expected: fc.constantFrom(
      ...(['boolean', 'text', 'false', 'count', 'number', 'date-time', 'texts', 'names'] as const),
    ),
  },
  expression_unreadable: {},
  expression_too_large: { limit: number },
  expression_empty: {},
  expression_too_deep: {},
  expression_unfinished: {},
  too_many_prefixes: { operator },
  character_invalid: {},
  character_unexpected: { character: word },
  token_unexpected: {},
  word_operator: { word, operator },
  assignment: {},
  quotes_curly: {},
  text_unclosed: {},
  escape_invalid: {},
  number_invalid: {},
  number_too_large: { number: word },
  literal_unsupported: {},
  name_reserved: { name: word },
  name_unknown: { name: word },
  optional_unsupported: {},
  field_of_value: { expression: word, kind, field: word },
  fields_of_value: { expression: word, kind },
  elements_of_value: { expression: word, kind },
  has_usage: {},
  function_unknown: { name: word },
  function_is_method: { name: word },
  method_is_function: { name: word },
  arguments_count: { name: word, expected: word, count: number },
  arguments_invalid: { name: word, kinds: fc.array(kind, { minLength: 1 }).map(String) },
  macro_usage: { name: word, usage: word },
  macro_variable_missing: { name: word },
  macro_range: { name: word, kind },
  macro_condition: { name: word },
  negation_invalid: { kind },
  arithmetic_invalid: { operator, ...pair },
  remainder_invalid: pair,
  text_addition_invalid: pair,
  text_arithmetic_invalid: { operator, ...pair },
  order_invalid: pair,
  text_order_invalid: pair,
  never_equal: pair,
  in_invalid: { kind },
  in_text: {},
  operand_not_bool: { operator, kind },
  condition_not_bool: { kind },
  template_too_large: { limit: number },
  template_unclosed: {},
  pattern_too_long: { limit: number },
  pattern_too_large: { limit: number },
  pattern_too_deep: {},
  pattern_invalid: {
    problem: fc.constantFrom(
      ...(['parenthesis', 'bracket', 'range', 'escape', 'group', 'count', 'nested'] as const),
      ...(['nothing', 'backslash', 'other'] as const),
    ),
    part: word,
  },
};

const reasons = Object.keys(samples) as IssueReason[];
type Shape = { [param: string]: fc.Arbitrary<string | number> };
const shapes: { [reason: string]: Shape } = samples;
const paramsOf = (reason: IssueReason) => fc.record(shapes[reason] ?? {});
const whole = /^[\p{Lu}\p{N}“„"&|!?%*+/<>=a-z{-].*[.!?]$/su;

const languages: [string, IssueFormatter, typeof english][] = [
  ['English', enFormatter, english],
  ['German', deFormatter, german],
];

describe.each(languages)('an issue in %s', (_, formatter, avoided) => {
  it.each(reasons)('%s is a whole sentence, with all that it is about', (reason) => {
    fc.assert(
      fc.property(paramsOf(reason), (params) => {
        const said = formatter.sentence({ reason, params } as Reason);
        if (reason !== 'format_invalid') expect(said).toMatch(whole);
        expect(said).not.toMatch(/\{\$|\$|undefined|�/);
        expect(avoidable(said, avoided)).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  it('knows the reasons that there are, and no others', () => {
    expect(formatter.knows({ reason: 'url_invalid' })).toBe(true);
    expect(formatter.knows({ reason: 'toString' })).toBe(false);
    expect(formatter.knows({})).toBe(false);
  });

  it('names its field, but not where it says what is missing', () => {
    const [wrong, missing] = [issueOf(because('url_invalid')), issueOf(because('url_missing'))];
    expect(formatter.message(wrong, 'URL')).toMatch(/^URL: ./);
    expect(formatter.message(missing, 'URL')).not.toMatch(/^URL: /);
    expect(formatter.message({ ...wrong, offset: 6 })).toMatch(/7\)$/);
  });
});

it('says one and several by the rules of the language', () => {
  const count = (of: number) => because('loop_without_wait', { count: of });
  expect(enFormatter.sentence(count(1))).toMatch(/^This node/);
  expect(enFormatter.sentence(count(1200))).toMatch(/^These 1,200 nodes/);
  expect(deFormatter.sentence(count(1))).toMatch(/^Dieser Knoten/);
  expect(deFormatter.sentence(count(1200))).toMatch(/^Diese 1\.200 Knoten/);
});

const source = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    'Hi {{ nme }}',
    'Hi {name} }}',
    '{{ vars.nme }}',
    '{{ vars.a',
    '{{ 1 + "a" }}',
    '{{ "a" < 1 }}',
    'x',
  ),
  fc.constantFrom('vars.a and true', 'vars.a =', '!1', '"a" in "b"', 'size(1)', 'has(vars)', '('),
  fc.string(),
);
const json = fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>;
const data: fc.Arbitrary<{ type: string; data: object }> = fc.oneof(
  fc.record({
    type: fc.constant('trigger'),
    data: fc.record({ kind: fc.constantFrom('manual', 'webhook', 'schedule') }),
  }),
  fc.record({ type: fc.constant('speak'), data: fc.record({ text: source }) }),
  fc.record({
    type: fc.constant('listen'),
    data: fc.record(
      {
        variable: fc.constantFrom('', 'a'),
        expect: fc.constantFrom('any', 'choice', 'pattern'),
        choices: fc.array(fc.record({ value: source, label: source }), { maxLength: 3 }),
        pattern: source,
        retryText: source,
        timeout: fc.constantFrom('', 'PT1H'),
        reminders: fc.array(fc.record({ after: fc.constantFrom('', 'P1D'), text: source })),
      },
      { requiredKeys: [] },
    ),
  }),
  fc.record({
    type: fc.constant('ai'),
    data: fc.record(
      {
        prompt: source,
        system: source,
        output: fc.constantFrom('message', 'both'),
        schema: fc.dictionary(fc.constantFrom('type', 'enum', 'anyOf', 'properties'), json),
        converse: fc.record({ goal: source }),
        fallback: fc.record({ kind: fc.constantFrom('text', 'passage'), text: source }),
        tools: fc.array(fc.constantFrom({ kind: 'knowledge' }, { kind: 'integration' })),
      },
      { requiredKeys: [] },
    ),
  }),
  fc.record({
    type: fc.constant('logic'),
    data: fc.oneof(
      fc.constant({}),
      fc.record({
        kind: fc.constant('branch'),
        cases: fc.uniqueArray(fc.record({ handle: word, when: source }), {
          maxLength: 3,
          selector: ({ handle }) => handle,
        }),
      }),
      fc.record({
        kind: fc.constant('set'),
        assign: fc.array(fc.record({ name: fc.constantFrom('', 'a'), value: json })),
      }),
      fc.record({ kind: fc.constant('wait'), until: source }),
    ),
  }),
  fc.record({
    type: fc.constant('integration'),
    data: fc.record(
      {
        method: fc.constantFrom('GET', 'POST'),
        url: source,
        headers: fc.dictionary(word, source),
        body: json,
        auth: fc.record({ in: fc.constantFrom('bearer', 'header', 'query') }),
      },
      { requiredKeys: [] },
    ),
  }),
);

it('says everything that the check finds in random flows, in each language', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(
      fc.array(data, { maxLength: 6 }),
      fc.array(fc.tuple(fc.nat(5), fc.nat(5))),
      (of, wires) => {
        const nodes = of.map((one, index) => ({
          ...one,
          ...{ id: `n${index}`, label: `Node ${index}`, position: { x: 0, y: 0 } },
        }));
        const edges = wires.map(([from, to], index) => ({
          ...{ id: `e${index}`, source: `n${from}`, sourceHandle: 'out', target: `n${to}` },
        }));
        const parsed = flowSchema.safeParse({ schemaVersion: 1, name: 'Any', nodes, edges });
        const flow = parsed.success
          ? parsed
          : flowSchema.safeParse({ schemaVersion: 1, name: 'Any', nodes, edges: [] });
        if (!flow.success) return;
        for (const issue of checkFlow(flow.data)) {
          seen.add(issue.reason);
          for (const [, formatter] of languages) {
            const message = formatter.message(issue, issue.field);
            // What is quoted of the flow may look like a place that was not filled.
            const isQuoted = JSON.stringify(issue).includes('{$');
            if (!isQuoted) expect(message).not.toMatch(/\{\$(?!\w*\})/);
            expect(formatter.sentence(issue).length).toBeGreaterThan(5);
          }
        }
      },
    ),
    { numRuns: 1500 },
  );
  expect(seen.size).toBeGreaterThan(30);
});
