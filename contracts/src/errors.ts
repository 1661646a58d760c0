/**
 * Every error code that clients may meet, with its HTTP status and title. Codes are stable: a
 * client may branch on them. Node errors reach clients in runs, so their status is that of the
 * request that would show them.
 */
export const errorCodes = {
  bad_request: [400, 'The request cannot be read'],
  invalid: [422, 'The input has faults'],
  unauthenticated: [401, 'Sign in first'],
  bad_credentials: [401, 'The e-mail address or the password is wrong'],
  foreign_origin: [403, 'The request comes from a foreign page'],
  registration_closed: [403, 'Registration is closed'],
  invitation_required: [403, 'New accounts are by invitation'],
  invitation_invalid: [403, 'The invitation is no longer good'],
  password_wrong: [403, 'The password is wrong'],
  not_found: [404, 'There is no such thing'],
  method_not_allowed: [405, 'The address does not take this method'],
  email_taken: [409, 'The e-mail address has an account already'],
  stale_revision: [409, 'The flow was changed meanwhile'],
  run_finished: [409, 'The run has ended'],
  not_paused: [409, 'The run is not paused'],
  not_paused_there: [409, 'The run is paused elsewhere'],
  not_step_mode: [409, 'The run is not stepped through'],
  run_not_failed: [409, 'The run has not failed'],
  not_waiting: [409, 'The run does not wait'],
  request_id_reused: [409, 'The requestId belongs to another request'],
  too_large: [413, 'The request is too large'],
  message_too_large: [413, 'The message is too large'],
  unsupported_media_type: [415, 'The body must be JSON'],
  flow_invalid: [422, 'The flow cannot run yet'],
  no_version: [422, 'The flow has no such version'],
  node_unreached: [422, 'The run has not reached the node'],
  node_missing: [422, 'The version has no such node'],
  token_invalid: [422, 'The link is no longer good'],
  not_a_pdf: [422, 'The file is no PDF'],
  knowledge_full: [422, 'There is too much knowledge'],
  rate_limited: [429, 'Too many requests'],
  queue_full: [429, 'Too many messages wait in this run'],
  internal: [500, 'Something went wrong on our side'],
  temporal_unavailable: [503, 'The workflow engine does not answer'],
  database_unavailable: [503, 'The database does not answer'],

  expression_invalid: [422, 'An expression does not compile'],
  expression_failed: [422, 'An expression failed'],
  expression_too_large: [422, 'An expression is too large'],
  expression_too_costly: [422, 'An expression costs too much'],
  header_invalid: [422, 'A header has a line break'],
  pattern_invalid: [422, 'A pattern cannot be read'],
  value_too_large: [422, 'A value is too large'],
  variables_too_large: [422, 'The variables are too large together'],
  wait_invalid: [422, 'A wait has no readable instant'],
  invalid_reply: [422, 'The reply does not fit'],
  no_reply: [422, 'Nobody replied in time'],
  turn_limit_reached: [422, 'The conversation did not reach its goal'],
  step_budget_exceeded: [422, 'The flow goes round without progress'],
  internal_node_error: [500, 'A node failed on our side'],
  run_terminated: [500, 'The run was ended from outside'],
  egress_refused: [422, 'The address may not be reached'],
  http_status: [422, 'The service answered with an error'],
  http_timeout: [422, 'The service did not answer in time'],
  http_too_large: [422, 'The answer is too large'],
  http_failed: [422, 'The service cannot be reached'],
  http_redirects: [422, 'The service redirects too often'],
  pdf_encrypted: [422, 'The PDF is protected by a password'],
  pdf_broken: [422, 'The PDF is broken'],
  pdf_too_heavy: [422, 'The PDF is too heavy to read'],
  no_text: [422, 'There is no text to read'],
  text_too_long: [422, 'The text is too long'],
  page_not_html: [422, 'The address is no page'],
  page_unreadable: [422, 'The characters of the page cannot be read'],
  robots_refused: [422, 'The site does not want its page to be read'],
  key_missing: [422, 'There is no such key'],
  key_unreadable: [422, 'The key cannot be decrypted'],
  key_host_refused: [422, 'The key may not go to this host'],
  key_needs_https: [422, 'A key travels over https only'],
  key_redirected: [422, 'A redirect would carry the key away'],
  ai_key_missing: [422, 'There is no key for the model'],
  ai_key_invalid: [422, 'The key for the model was refused'],
  ai_blocked: [422, 'The model refused to answer'],
  ai_bad_request: [422, 'The model refused the request'],
  ai_rate_limited: [422, 'The model has too many requests'],
  ai_unavailable: [422, 'The model does not answer'],
  ai_interrupted: [422, 'The answer broke off'],
  ai_schema_mismatch: [422, 'The answer does not fit the schema'],
  ai_empty: [422, 'The model gave no text'],
  ai_flow_invalid: [422, 'The model wrote no flow that can run'],
} as const satisfies Record<string, readonly [status: number, title: string]>;

/** A stable error code. */
export type ErrorCode = keyof typeof errorCodes;

/** One fault of an input: where, and what to do. A flow's names its node or edge besides. */
export type FieldError = { path: string; message: string; nodeId?: string; edgeId?: string };

/** An error as sockets acknowledge it. */
export type SocketError = { code: ErrorCode; message: string; errors?: FieldError[] };

/** An error as HTTP answers it: RFC 9457, `application/problem+json`. */
export type Problem = {
  type: string;
  status: number;
  title: string;
  detail: string;
  code: ErrorCode;
  errors?: FieldError[];
  instance?: string;
};
