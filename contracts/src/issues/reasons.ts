/** The type of a value in an expression; `dyn` is not known before the run. */
export type ValueKind =
  | 'null'
  | 'bool'
  | 'int'
  | 'double'
  | 'string'
  | 'list'
  | 'map'
  | 'timestamp'
  | 'duration'
  | 'type'
  | 'dyn';

type None = Record<never, never>;
type Named = { name: string };
/** Counts the rows of a list from 1. */
type Row = { number: number };
type Limit = { limit: number };

/** What is wrong with how the nodes are connected. */
type GraphParams = {
  trigger_missing: None;
  trigger_extra: None;
  unreachable: { label: string };
  /** `count`: the nodes of the loop. */
  loop_without_wait: { count: number };
  variable_unknown: Named;
  variable_misspelt: Named & { suggestion: string };
  /** Another node sets it, but none on a way to this one. */
  variable_set_later: Named;
  contact_field_unknown: Named;
  contact_field_misspelt: Named & { suggestion: string };
};

/** What a node needs before it can run. */
type MissingParams = {
  message_missing: None;
  reply_variable_missing: None;
  choices_missing: None;
  choice_label_missing: Row;
  choice_value_missing: Row;
  pattern_missing: None;
  reminder_delay_missing: Row;
  reminder_text_missing: Row;
  time_limit_empty: None;
  prompt_missing: None;
  goal_missing: None;
  answer_variable_missing: None;
  collect_variable_missing: None;
  fallback_text_missing: None;
  tool_integration_missing: Row;
  tool_name_missing: Row;
  tool_description_missing: Row;
  action_missing: None;
  branches_missing: None;
  condition_missing: { branch: string };
  assignments_missing: None;
  assigned_variable_missing: Row;
  contact_fields_missing: None;
  contact_field_missing: Row;
  wait_length_missing: None;
  wait_until_missing: None;
  flow_missing: None;
  url_missing: None;
  key_missing: None;
  key_header_missing: None;
  key_parameter_missing: None;
};

/** What is filled in, and cannot be right. */
type DataParams = {
  choice_duplicate: { text: string };
  /** `text` is what stands there, such as `{name}`. */
  brace_single: Named & { text: string };
  brace_stray: None;
  /** `example`: such a division, and its `result`. */
  division_drops_rest: { divisor: string; example: string; result: string };
  day_of_24_hours: { duration: string };
  zone_unknown: { zone: string };
  template_in_json: None;
  choices_unused: None;
  pattern_unused: None;
  /** No node after this one waits for a call. */
  callback_missing: None;
  /** Several do, and the first of them depends on the way. */
  callback_ambiguous: { labels: string };
  callback_unknown: Named;
  /** The workspace has no such flow. */
  flow_gone: None;
  flow_unpublished: Named;
  flow_version_gone: Named & { version: number };
  /** What a flow called `name` waits for at the node `label`, and nobody hears in a conversation. */
  flow_listens: Named & { label: string };
  flow_unheard: Named & { label: string };
  branch_name_duplicate: Named;
  wait_conflict: None;
  instant_invalid: None;
  schema_beside_goal: None;
  schema_beside_fallback: None;
  schema_beside_tools: None;
  tool_name_duplicate: Named;
  tool_name_reserved: Named;
  tool_integration_gone: None;
  customer_words_in_system: { expression: string };
  model_invalid: None;
  url_invalid: None;
  status_invalid: None;
  header_not_answered: Named;
  answer_unasked: None;
  answer_again: None;
  /** `host` is as CRMFLOW_EGRESS_ALLOW has it, with the port. */
  host_refused: { host: string; problem: 'port' | 'address' };
  body_not_sent: { method: string };
  header_name_invalid: Named;
  header_line_break: None;
  header_filled_by_key: Named;
  parameter_filled_by_key: Named;
  key_host_templated: None;
};

/** What models do not take of the JSON Schema of an answer. */
type SchemaParams = {
  schema_expected: None;
  schema_object_expected: None;
  schema_type_invalid: None;
  schema_keyword_unsupported: { keyword: string; type: string };
  schema_properties_missing: None;
  schema_any_of_invalid: None;
  schema_beside_any_of: { keyword: string };
  schema_too_deep: Limit;
  schema_property_unknown: Named;
  /** What the value of a keyword has to be. */
  schema_value_invalid: {
    expected: 'boolean' | 'text' | 'false' | 'count' | 'number' | 'date-time' | 'texts' | 'names';
  };
};

/** What is wrong with an expression, a template or a pattern. `limit` is in kB where it is a size. */
type SourceParams = {
  expression_unreadable: None;
  expression_too_large: Limit;
  expression_empty: None;
  expression_too_deep: None;
  expression_unfinished: None;
  too_many_prefixes: { operator: string };
  character_invalid: None;
  character_unexpected: { character: string };
  token_unexpected: None;
  word_operator: { word: string; operator: string };
  assignment: None;
  quotes_curly: None;
  text_unclosed: None;
  escape_invalid: None;
  number_invalid: None;
  number_too_large: { number: string };
  literal_unsupported: None;
  name_reserved: Named;
  name_unknown: Named;
  optional_unsupported: None;
  field_of_value: { expression: string; kind: ValueKind; field: string };
  fields_of_value: { expression: string; kind: ValueKind };
  elements_of_value: { expression: string; kind: ValueKind };
  has_usage: None;
  function_unknown: Named;
  function_is_method: Named;
  method_is_function: Named;
  /** `expected`: the counts that it takes, such as `1 or 2`. */
  arguments_count: Named & { expected: string; count: number };
  /** `kinds`: the types of the arguments, with commas between them. */
  arguments_invalid: Named & { kinds: string };
  macro_usage: Named & { usage: string };
  macro_variable_missing: Named;
  macro_range: Named & { kind: ValueKind };
  macro_condition: Named;
  negation_invalid: { kind: ValueKind };
  arithmetic_invalid: { operator: string; left: ValueKind; right: ValueKind };
  remainder_invalid: { left: ValueKind; right: ValueKind };
  text_addition_invalid: { left: ValueKind; right: ValueKind };
  text_arithmetic_invalid: { operator: string; left: ValueKind; right: ValueKind };
  order_invalid: { left: ValueKind; right: ValueKind };
  text_order_invalid: { left: ValueKind; right: ValueKind };
  never_equal: { left: ValueKind; right: ValueKind };
  in_invalid: { kind: ValueKind };
  in_text: None;
  operand_not_bool: { operator: string; kind: ValueKind };
  condition_not_bool: { kind: ValueKind };
  template_too_large: Limit;
  template_unclosed: None;
  pattern_too_long: Limit;
  pattern_too_large: Limit;
  pattern_too_deep: None;
  /** `part` is empty where the whole is meant. */
  pattern_invalid: { problem: PatternProblem; part: string };
};

/** Why a pattern cannot be read. */
export type PatternProblem =
  | 'parenthesis'
  | 'bracket'
  | 'range'
  | 'escape'
  | 'group'
  | 'count'
  | 'nested'
  | 'nothing'
  | 'backslash'
  | 'other';

/** What JSON has to be somewhere. */
export type ValueType = 'text' | 'number' | 'integer' | 'boolean' | 'list' | 'object' | 'null';

/** What is wrong with the format of a flow. Sizes are in kB. */
type FormatParams = {
  /** What only those meet who write a flow by hand; `detail` says it in English. */
  format_invalid: { detail: string };
  field_unknown: None;
  type_expected: { expected: ValueType };
  /** `known`: the values that it may have, with commas between them. */
  value_unknown: { known: string; count: number };
  text_missing: None;
  text_too_short: Limit;
  characters_forbidden: None;
  text_too_long: Limit;
  list_too_long: Limit;
  value_too_small: Limit;
  value_too_big: Limit;
  value_too_large: Limit;
  variables_too_large: Limit;
  flow_too_large: Limit;
  variable_name_invalid: None;
  service_name_invalid: None;
  tool_name_invalid: None;
  name_forbidden: None;
  duration_invalid: None;
  time_limit_too_long: { minutes: number };
  retry_time_invalid: { days: number };
  branch_name_else: None;
  node_id_duplicate: { id: string };
  edge_id_duplicate: { id: string };
  note_id_duplicate: { id: string };
  variable_duplicate: Named;
  edge_source_unknown: { id: string };
  edge_target_unknown: { id: string };
  /** `known`: the handles that the node has, with commas between them. */
  edge_handle_unknown: { handle: string; node: string; known: string };
  handle_used_twice: { handle: string; node: string };
};

/** By reason, what its sentence needs to know. */
export type IssueParams = GraphParams &
  MissingParams &
  DataParams &
  SchemaParams &
  SourceParams &
  FormatParams;

/** What exactly is wrong. Stable: clients may branch on it. */
export type IssueReason = keyof IssueParams;

/** Reasons about one expression, template or pattern. */
export type SourceReason = keyof SourceParams;
