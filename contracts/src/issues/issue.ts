import type { IssueParams, IssueReason } from './reasons.js';

/** By code, how bad an issue is: an error keeps a flow from running, a warning does not. */
export const issueSeverities = {
  invalid: 'error',
  trigger_missing: 'error',
  trigger_duplicate: 'error',
  unreachable: 'warning',
  loop_without_wait: 'warning',
  variable_unknown: 'warning',
  contact_field_unknown: 'warning',
  data_missing: 'error',
  data_conflict: 'error',
  data_unused: 'warning',
  brace_stray: 'warning',
  division_drops_rest: 'warning',
  day_of_24_hours: 'warning',
  zone_unknown: 'warning',
  template_in_json: 'warning',
  choice_duplicate: 'error',
  handle_duplicate: 'error',
  tool_missing: 'error',
  visitor_words: 'warning',
  schema_invalid: 'error',
  wait_invalid: 'error',
  model_invalid: 'error',
  status_invalid: 'error',
  answer_unheard: 'warning',
  callback_missing: 'error',
  flow_unavailable: 'error',
  flow_listens: 'error',
  flow_unheard: 'warning',
  url_invalid: 'error',
  host_refused: 'warning',
  header_invalid: 'error',
  auth_host_templated: 'error',
  expression_invalid: 'error',
  expression_too_large: 'error',
  pattern_invalid: 'error',
} as const satisfies Record<string, 'error' | 'warning'>;

/** What kind of thing is wrong. Stable; an issue's reason is finer. */
export type IssueCode = keyof typeof issueSeverities;

/** An error keeps a flow from running; a warning is probably not meant. */
export type IssueSeverity = (typeof issueSeverities)[IssueCode];

const codes: { [R in IssueReason]: IssueCode } = {
  format_invalid: 'invalid',
  field_unknown: 'invalid',
  type_expected: 'invalid',
  value_unknown: 'invalid',
  text_missing: 'invalid',
  text_too_short: 'invalid',
  characters_forbidden: 'invalid',
  text_too_long: 'invalid',
  list_too_long: 'invalid',
  value_too_small: 'invalid',
  value_too_big: 'invalid',
  value_too_large: 'invalid',
  variables_too_large: 'invalid',
  flow_too_large: 'invalid',
  variable_name_invalid: 'invalid',
  service_name_invalid: 'invalid',
  tool_name_invalid: 'invalid',
  name_forbidden: 'invalid',
  duration_invalid: 'invalid',
  time_limit_too_long: 'invalid',
  retry_time_invalid: 'invalid',
  branch_name_else: 'invalid',
  node_id_duplicate: 'invalid',
  edge_id_duplicate: 'invalid',
  note_id_duplicate: 'invalid',
  variable_duplicate: 'invalid',
  edge_source_unknown: 'invalid',
  edge_target_unknown: 'invalid',
  edge_handle_unknown: 'invalid',
  handle_used_twice: 'invalid',
  trigger_missing: 'trigger_missing',
  trigger_extra: 'trigger_duplicate',
  unreachable: 'unreachable',
  loop_without_wait: 'loop_without_wait',
  variable_unknown: 'variable_unknown',
  variable_misspelt: 'variable_unknown',
  variable_set_later: 'variable_unknown',
  contact_field_unknown: 'contact_field_unknown',
  contact_field_misspelt: 'contact_field_unknown',

  message_missing: 'data_missing',
  reply_variable_missing: 'data_missing',
  choices_missing: 'data_missing',
  choice_label_missing: 'data_missing',
  choice_value_missing: 'data_missing',
  pattern_missing: 'data_missing',
  reminder_delay_missing: 'data_missing',
  reminder_text_missing: 'data_missing',
  time_limit_empty: 'data_missing',
  prompt_missing: 'data_missing',
  goal_missing: 'data_missing',
  answer_variable_missing: 'data_missing',
  collect_variable_missing: 'data_missing',
  fallback_text_missing: 'data_missing',
  tool_integration_missing: 'data_missing',
  tool_name_missing: 'data_missing',
  tool_description_missing: 'data_missing',
  action_missing: 'data_missing',
  branches_missing: 'data_missing',
  condition_missing: 'data_missing',
  assignments_missing: 'data_missing',
  assigned_variable_missing: 'data_missing',
  contact_fields_missing: 'data_missing',
  contact_field_missing: 'data_missing',
  wait_length_missing: 'data_missing',
  wait_until_missing: 'data_missing',
  flow_missing: 'data_missing',
  url_missing: 'data_missing',
  key_missing: 'data_missing',
  key_header_missing: 'data_missing',
  key_parameter_missing: 'data_missing',

  choice_duplicate: 'choice_duplicate',
  brace_single: 'brace_stray',
  brace_stray: 'brace_stray',
  division_drops_rest: 'division_drops_rest',
  day_of_24_hours: 'day_of_24_hours',
  zone_unknown: 'zone_unknown',
  template_in_json: 'template_in_json',
  choices_unused: 'data_unused',
  pattern_unused: 'data_unused',
  callback_missing: 'callback_missing',
  callback_ambiguous: 'callback_missing',
  callback_unknown: 'callback_missing',
  flow_gone: 'flow_unavailable',
  flow_unpublished: 'flow_unavailable',
  flow_version_gone: 'flow_unavailable',
  flow_listens: 'flow_listens',
  flow_unheard: 'flow_unheard',
  branch_name_duplicate: 'handle_duplicate',
  wait_conflict: 'data_conflict',
  instant_invalid: 'wait_invalid',
  schema_beside_goal: 'data_conflict',
  schema_beside_fallback: 'data_conflict',
  schema_beside_tools: 'data_conflict',
  tool_name_duplicate: 'data_conflict',
  tool_name_reserved: 'data_conflict',
  tool_integration_gone: 'tool_missing',
  customer_words_in_system: 'visitor_words',
  model_invalid: 'model_invalid',
  url_invalid: 'url_invalid',
  status_invalid: 'status_invalid',
  header_not_answered: 'header_invalid',
  answer_unasked: 'answer_unheard',
  answer_again: 'answer_unheard',
  host_refused: 'host_refused',
  body_not_sent: 'data_conflict',
  header_name_invalid: 'header_invalid',
  header_line_break: 'header_invalid',
  header_filled_by_key: 'data_conflict',
  parameter_filled_by_key: 'data_conflict',
  key_host_templated: 'auth_host_templated',

  schema_expected: 'schema_invalid',
  schema_object_expected: 'schema_invalid',
  schema_type_invalid: 'schema_invalid',
  schema_keyword_unsupported: 'schema_invalid',
  schema_properties_missing: 'schema_invalid',
  schema_any_of_invalid: 'schema_invalid',
  schema_beside_any_of: 'schema_invalid',
  schema_too_deep: 'schema_invalid',
  schema_property_unknown: 'schema_invalid',
  schema_value_invalid: 'schema_invalid',

  expression_unreadable: 'expression_invalid',
  expression_too_large: 'expression_too_large',
  expression_empty: 'expression_invalid',
  expression_too_deep: 'expression_invalid',
  expression_unfinished: 'expression_invalid',
  too_many_prefixes: 'expression_invalid',
  character_invalid: 'expression_invalid',
  character_unexpected: 'expression_invalid',
  token_unexpected: 'expression_invalid',
  word_operator: 'expression_invalid',
  assignment: 'expression_invalid',
  quotes_curly: 'expression_invalid',
  text_unclosed: 'expression_invalid',
  escape_invalid: 'expression_invalid',
  number_invalid: 'expression_invalid',
  number_too_large: 'expression_invalid',
  literal_unsupported: 'expression_invalid',
  name_reserved: 'expression_invalid',
  name_unknown: 'expression_invalid',
  optional_unsupported: 'expression_invalid',
  field_of_value: 'expression_invalid',
  fields_of_value: 'expression_invalid',
  elements_of_value: 'expression_invalid',
  has_usage: 'expression_invalid',
  function_unknown: 'expression_invalid',
  function_is_method: 'expression_invalid',
  method_is_function: 'expression_invalid',
  arguments_count: 'expression_invalid',
  arguments_invalid: 'expression_invalid',
  macro_usage: 'expression_invalid',
  macro_variable_missing: 'expression_invalid',
  macro_range: 'expression_invalid',
  macro_condition: 'expression_invalid',
  negation_invalid: 'expression_invalid',
  arithmetic_invalid: 'expression_invalid',
  remainder_invalid: 'expression_invalid',
  text_addition_invalid: 'expression_invalid',
  text_arithmetic_invalid: 'expression_invalid',
  order_invalid: 'expression_invalid',
  text_order_invalid: 'expression_invalid',
  never_equal: 'expression_invalid',
  in_invalid: 'expression_invalid',
  in_text: 'expression_invalid',
  operand_not_bool: 'expression_invalid',
  condition_not_bool: 'expression_invalid',
  template_too_large: 'expression_too_large',
  template_unclosed: 'expression_invalid',
  pattern_too_long: 'pattern_invalid',
  pattern_too_large: 'pattern_invalid',
  pattern_too_deep: 'pattern_invalid',
  pattern_invalid: 'pattern_invalid',
};

/** The code of a reason. */
export function codeOf(reason: IssueReason): IssueCode {
  return codes[reason];
}

/** What is wrong, with what its sentence needs to know. */
export type Reason<R extends IssueReason = IssueReason> = {
  [One in R]: { reason: One; params: IssueParams[One] };
}[R];

/** Where in a flow an issue is. */
export type IssuePlace = {
  /** The JSON path in the data of the node: `choices[1].label`. */
  field?: string;
  /** The character in the field's text, in UTF-16 units from 0. */
  offset?: number;
  nodeId?: string;
  edgeId?: string;
};

/** What keeps a flow from running, or is probably not meant: as data. Sentences are made of it. */
export type FlowIssue = Reason & IssuePlace & { severity: IssueSeverity; code: IssueCode };

type ParamsOf<R extends IssueReason> = keyof IssueParams[R] extends never
  ? [params?: IssueParams[R]]
  : [params: IssueParams[R]];

/** A reason with its params, which only those leave out that have none. */
export function because<R extends IssueReason>(reason: R, ...[params]: ParamsOf<R>): Reason<R> {
  return { reason, params: params ?? {} } as Reason<R>;
}

/** An issue of a reason; its code and its severity follow from that. */
export function issueOf(why: Reason, place: IssuePlace = {}): FlowIssue {
  const code = codes[why.reason];
  return { severity: issueSeverities[code], code, ...why, ...place };
}
