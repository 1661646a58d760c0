import type { IssueTexts } from './format.js';

/** Every issue in English, as Unicode MessageFormat 2. */
export const englishIssues: IssueTexts = {
  language: 'en',
  inField: '{$field}: {$sentence}',
  atCharacter: '{$sentence} (character {$character :integer})',
  kinds: {
    null: 'null',
    bool: 'true or false',
    int: 'a whole number',
    double: 'a number',
    string: 'text',
    list: 'a list',
    map: 'a map',
    timestamp: 'a timestamp',
    duration: 'a duration',
    type: 'a type',
    dyn: 'anything',
  },
  sentences: {
    format_invalid: '{$detail}',
    field_unknown: 'This field isn’t known. Remove it.',
    type_expected: `.input {$expected :string} .match $expected
      text {{Enter text here.}}
      number {{Enter a number here.}}
      integer {{Enter a whole number here.}}
      boolean {{Enter true or false here.}}
      list {{Enter a list here.}}
      object {{Enter an object here.}}
      * {{Enter null here.}}`,
    value_unknown: `.input {$count :integer} .match $count
      1 {{Enter {$known} here.}}
      * {{Use one of: {$known}.}}`,
    text_missing: 'This can’t be empty.',
    text_too_short: 'Use at least {$limit :integer} characters.',
    characters_forbidden: 'Remove the invalid characters.',
    text_too_long: 'Use at most {$limit :integer} characters.',
    list_too_long: 'Use at most {$limit :integer} entries.',
    value_too_small: 'Enter {$limit :number} or more.',
    value_too_big: 'Enter {$limit :number} or less.',
    value_too_large: 'The value is larger than {$limit :integer} kB. Shorten it.',
    variables_too_large:
      'All variables together are larger than {$limit :integer} kB. Shorten some.',
    flow_too_large: 'The flow is larger than {$limit :integer} kB. Split it.',
    variable_name_invalid:
      'Use up to 64 letters (A–Z), digits and underscores, and start with a letter or underscore.',
    service_name_invalid:
      'Use up to 64 letters (A–Z), digits, periods, underscores and hyphens, and start with a letter or digit.',
    tool_name_invalid:
      'Use up to 63 letters (A–Z), digits and underscores, and start with a letter or underscore.',
    name_forbidden: 'This name is reserved. Choose another.',
    duration_invalid:
      'Enter a duration between a second and ten years, such as P2W, P1DT12H or PT30S.',
    time_limit_too_long: 'Set a time limit of at most {$minutes :integer} minutes.',
    retry_time_invalid: 'Retry for at most {$days :integer} days.',
    branch_name_else: 'Every branch node already has the branch “else”. Choose another name.',
    node_id_duplicate: 'Another node has the ID “{$id}” as well. Choose a unique one.',
    edge_id_duplicate: 'Another edge has the ID “{$id}” as well. Choose a unique one.',
    note_id_duplicate: 'Another note has the ID “{$id}” as well. Choose a unique one.',
    variable_duplicate: 'Another variable is also named “{$name}”. Rename one.',
    edge_source_unknown: 'The flow has no node with the ID “{$id}”.',
    edge_target_unknown: 'The flow has no node with the ID “{$id}”.',
    edge_handle_unknown: 'The node “{$node}” has no handle “{$handle}”. Use one of: {$known}.',
    handle_used_twice:
      'The handle “{$handle}” of the node “{$node}” already has an edge. A handle can have only one.',

    trigger_missing: 'Add a trigger. It is where the flow starts.',
    trigger_extra: 'A flow can have only one trigger.',
    unreachable: 'Nothing leads to “{$label}”. Connect or delete it.',
    loop_without_wait: `.input {$count :integer} .match $count
      1 {{This node leads back to itself without waiting. Add a listen or wait node, or the run stops after too many steps.}}
      * {{These {$count} nodes form a loop that never waits. Add a listen or wait node, or the run stops after too many steps.}}`,
    variable_unknown: 'No node sets the variable “{$name}”.',
    variable_misspelt: 'No node sets the variable “{$name}”. Did you mean “{$suggestion}”?',
    variable_set_later: 'The variable “{$name}” isn’t set before this node.',
    contact_field_unknown:
      'Contacts have no field “{$name}”. If it is an attribute, write contact.attributes.{$name}.',
    contact_field_misspelt: 'Contacts have no field “{$name}”. Did you mean “{$suggestion}”?',

    message_missing: 'Add the message to send.',
    reply_variable_missing: 'Choose a variable to save the reply in.',
    choices_missing: 'Add at least one choice.',
    choice_label_missing: 'Add a label to choice {$number :integer}.',
    choice_value_missing: 'Add a value to choice {$number :integer}.',
    pattern_missing: 'Add the pattern that replies must match.',
    reminder_delay_missing: 'Set when to send reminder {$number :integer}.',
    reminder_text_missing: 'Add the text of reminder {$number :integer}.',
    time_limit_empty: 'Set a time limit, or remove it.',
    prompt_missing: 'Add a prompt for the AI.',
    goal_missing: 'Describe when the goal is reached.',
    answer_variable_missing: 'Choose a variable to save the response in.',
    collect_variable_missing: 'Choose a variable to save the collected fields in.',
    fallback_text_missing: 'Add the text to send when the AI doesn’t respond.',
    tool_integration_missing: 'Choose an integration for tool {$number :integer}.',
    tool_name_missing: 'Name tool {$number :integer}, so that the AI can call it.',
    tool_description_missing: 'Describe when the AI should call tool {$number :integer}.',
    action_missing: 'Choose what this node does: branch, set variables, or wait.',
    branches_missing: 'Add at least one branch.',
    condition_missing: 'Add a condition to branch “{$branch}”.',
    assignments_missing: 'Add a variable to set.',
    assigned_variable_missing: 'Choose the variable to set in row {$number :integer}.',
    contact_fields_missing: 'Add a field to set.',
    contact_field_missing: 'Choose the field to set in row {$number :integer}.',
    wait_length_missing: 'Set how long to wait.',
    wait_until_missing: 'Set the date and time to wait for.',
    flow_missing: 'Choose the flow to run.',
    url_missing: 'Add the URL to call.',
    key_missing: 'Choose a stored key.',
    key_header_missing: 'Name the header that carries the key, such as X-Api-Key.',
    key_parameter_missing: 'Name the query parameter that carries the key, such as api_key.',

    choice_duplicate:
      'Another choice is also “{$text}”. Change one, so that replies can tell them apart.',
    brace_single: String.raw`“{$text}” is sent as it is. Write \{\{ vars.{$name} \}\} to insert a variable.`,
    brace_stray: String.raw`“\}\}” is sent as it is. Remove it.`,
    division_drops_rest:
      'A division of whole numbers drops the rest: {$example} is {$result}. Divide by {$divisor}.0 to keep it.',
    day_of_24_hours:
      '{$duration} counts in hours: where clocks change in between, it ends at another time of day. Use .addDays(1) for a day of the calendar.',
    zone_unknown:
      '“{$zone}” is not a time zone. Write a name like Europe/Berlin, or an offset like +02:00.',
    template_in_json:
      'A quotation mark in a value breaks this JSON. Write the body as an object, or each value as toJson(…).',
    choices_unused: 'The choices are ignored, because this node doesn’t expect a choice.',
    pattern_unused: 'The pattern is ignored, because this node doesn’t expect a pattern.',
    callback_missing:
      'callbackUrl() needs a listen node after this one that expects a callback. Add one, or name it: callbackUrl("Approval").',
    callback_ambiguous:
      'callbackUrl() could be for any of these nodes: {$labels}. Name one of them: callbackUrl("Approval").',
    callback_unknown: 'No listen node that expects a callback is named “{$name}”.',
    flow_gone: 'This workspace doesn’t have the chosen flow. Choose another.',
    flow_unpublished: '“{$name}” isn’t published. Publish it first.',
    flow_version_gone: '“{$name}” has no version {$version :integer}. Choose another.',
    flow_listens:
      '“{$name}” waits for somebody at “{$label}”. In a conversation only its own flow is heard: ask in this flow, and pass the answer on as input.',
    flow_unheard:
      '“{$name}” waits for somebody at “{$label}”. Only your team can answer there, in its run.',
    branch_name_duplicate: 'Another branch is also named “{$name}”. Rename one.',
    wait_conflict: 'Set either how long to wait or the time to wait for, not both.',
    instant_invalid:
      'Enter a date and time in ISO 8601, such as 2026-01-31T09:30:00Z, or an expression.',
    schema_beside_goal:
      'A conversation with a goal has no structured response. Collect fields instead.',
    schema_beside_fallback:
      'A fallback is text and can’t fill a structured response. Remove one of them.',
    schema_beside_tools:
      'Models can’t use tools and give a structured response in one request. Remove one of them.',
    tool_name_duplicate: 'Another tool is also named “{$name}”. Rename one.',
    tool_name_reserved: 'The name “{$name}” is reserved. Choose another.',
    tool_integration_gone: 'This integration no longer exists. Choose another.',
    customer_words_in_system:
      'Customers can write in {$expression}, and the AI would follow their words like yours. Use it in the prompt instead.',
    model_invalid:
      'Enter the name of a model, such as gemini-flash-latest, or nothing for the default.',
    url_invalid: 'Start the URL with https:// or http://.',
    status_invalid: 'Enter a status from 200 to 599, or an expression.',
    header_not_answered:
      'Answers can’t set the header “{$name}”. Use Content-Type, Location or one that begins with X-.',
    answer_unasked: 'Nobody gets this response, because the flow doesn’t start with a webhook.',
    answer_again: 'Nobody gets this response, because a node before it has already responded.',
    host_refused: `.input {$problem :string} .match $problem
      port {{Requests to {$host} are blocked, because this isn’t an HTTP port. Use 80, 443 or a port from 1024, or ask the administrator to add {$host} to CRMFLOW_EGRESS_ALLOW.}}
      * {{Requests to {$host} are blocked, because this isn’t a public address. Use one, or ask the administrator to add {$host} to CRMFLOW_EGRESS_ALLOW.}}`,
    body_not_sent: 'A {$method} request has no body. Remove the body, or use POST.',
    header_name_invalid: '“{$name}” isn’t a valid header name.',
    header_line_break: 'Remove the line break.',
    header_filled_by_key: 'The stored key fills the header “{$name}”. Remove it here.',
    parameter_filled_by_key: 'The stored key fills the parameter “{$name}”. Remove it here.',
    key_host_templated:
      'Write the host without a variable. A stored key is sent along, and a variable could send it anywhere.',

    schema_expected: String.raw`Enter a JSON Schema, such as \{"type": "string"\}.`,
    schema_object_expected: 'Use type "object", with each value as one of its properties.',
    schema_type_invalid:
      'Use one of the types object, array, string, number, integer or boolean, alone or in a list with "null".',
    schema_keyword_unsupported: 'Models don’t support “{$keyword}” for {$type}. Remove it.',
    schema_properties_missing: 'Add at least one property.',
    schema_any_of_invalid: 'List at least one schema.',
    schema_beside_any_of: 'Move “{$keyword}” into the schemas of anyOf.',
    schema_too_deep: 'Nest at most {$limit :integer} levels.',
    schema_property_unknown: 'There is no property “{$name}”.',
    schema_value_invalid: `.input {$expected :string} .match $expected
      boolean {{Enter true or false.}}
      text {{Enter text.}}
      false {{Only false is supported.}}
      count {{Enter a whole number from 0.}}
      number {{Enter a number.}}
      date-time {{Only date-time is supported.}}
      texts {{List at least one text.}}
      * {{List names of properties.}}`,

    expression_unreadable: 'This expression can’t be read. Simplify it.',
    expression_too_large:
      'The expression is longer than {$limit :integer} kB. Split it, for example by setting a variable first.',
    expression_empty: 'Add an expression, such as vars.name.',
    expression_too_deep: 'The expression is nested too deeply or too long. Split it.',
    expression_unfinished: 'The expression ends too early.',
    too_many_prefixes: 'There are too many “{$operator}” in a row.',
    character_invalid: 'Remove the invalid character.',
    character_unexpected: '“{$character}” doesn’t belong here.',
    token_unexpected: 'Something is missing or misplaced here.',
    word_operator: 'Use {$operator} instead of “{$word}”.',
    assignment: 'Use == to compare.',
    quotes_curly: 'Use straight quotes (" or \').',
    text_unclosed: 'The text has no closing quote.',
    escape_invalid: String.raw`The text has an invalid escape sequence. Write \\\\ for a backslash.`,
    number_invalid: 'This isn’t a valid number.',
    number_too_large: 'The number {$number} is too large. Write {$number}.0 instead.',
    literal_unsupported: 'Bytes and unsigned numbers aren’t supported. Use text and whole numbers.',
    name_reserved: '“{$name}” is a reserved word.',
    name_unknown: '“{$name}” isn’t defined. Write vars.{$name} for a variable.',
    optional_unsupported: 'Optional access isn’t supported. Use has().',
    field_of_value: '{$expression} is {$kind :kind} and has no field “{$field}”.',
    fields_of_value: '{$expression} is {$kind :kind} and has no fields.',
    elements_of_value: '{$expression} is {$kind :kind}. Only lists and maps have elements.',
    has_usage: 'has() takes a field, such as has(vars.name).',
    function_unknown: 'There is no function “{$name}”.',
    function_is_method: 'There is no function “{$name}”. Write value.{$name}(…).',
    method_is_function: 'There is no method “{$name}”. Write {$name}(…).',
    arguments_count: '{$name}() takes {$expected} arguments, not {$count :integer}.',
    arguments_invalid: '{$name}() doesn’t take {$kinds :kind}.',
    macro_usage: 'Write {$usage}.',
    macro_variable_missing: '{$name}() takes a variable first, such as x.',
    macro_range: '{$name}() works on lists and maps, not on {$kind :kind}.',
    macro_condition: 'The condition of {$name}() must be true or false.',
    negation_invalid: 'Can’t negate {$kind :kind}.',
    arithmetic_invalid: 'Can’t use {$operator} with {$left :kind} and {$right :kind}.',
    remainder_invalid:
      'Can’t use % with {$left :kind} and {$right :kind}. Both must be whole numbers.',
    text_addition_invalid:
      'Can’t use + with {$left :kind} and {$right :kind}. Write string(…) around what isn’t text.',
    text_arithmetic_invalid:
      'Can’t use {$operator} with {$left :kind} and {$right :kind}. Write int(…) or double(…) around the text.',
    order_invalid: 'Can’t compare {$left :kind} with {$right :kind}.',
    text_order_invalid:
      'Can’t compare {$left :kind} with {$right :kind}. Write int(…) or double(…) around the text.',
    never_equal: 'This compares {$left :kind} with {$right :kind}, which are never equal.',
    in_invalid: '“in” looks into lists and maps, not into {$kind :kind}.',
    in_text: '“in” looks into lists and maps. For text, write text.contains(part).',
    operand_not_bool: '{$operator} needs true or false here, not {$kind :kind}.',
    condition_not_bool: 'A condition must be true or false, but this is {$kind :kind}.',
    template_too_large: 'The text is longer than {$limit :integer} kB. Shorten it.',
    template_unclosed: String.raw`Close \{\{ with \}\}. To show two braces, write \{\{ "\{\{" \}\}.`,
    pattern_too_long: 'The pattern is longer than {$limit :integer} bytes. Shorten it.',
    pattern_too_large:
      'The pattern repeats too much: written out, it has more than {$limit :integer} parts. Use smaller counts.',
    pattern_too_deep: 'The pattern is nested too deeply.',
    pattern_invalid: `.input {$problem :string} .match $problem
      parenthesis {{The parentheses in “{$part}” don’t match.}}
      bracket {{“{$part}” has no closing bracket.}}
      range {{“{$part}” isn’t a valid range of characters.}}
      escape {{“{$part}” isn’t supported. Patterns are RE2, without backreferences.}}
      group {{“{$part}” isn’t supported. Patterns are RE2, without lookaround.}}
      count {{“{$part}” isn’t a valid count. Use at most 1,000.}}
      nested {{“{$part}” repeats a repetition. Remove one.}}
      nothing {{“{$part}” has nothing to repeat.}}
      backslash {{The pattern ends with a backslash. Remove it.}}
      * {{The pattern isn’t valid RE2.}}`,
  },
};
