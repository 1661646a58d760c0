/**
 * Every error code of the API and of runs, with its HTTP status and title. Codes are stable: clients
 * may branch on them. A node error is part of a run; its status is that of the request that returns
 * it, such as a tested HTTP request.
 */
export const errorCodes = {
  bad_request: [400, 'Malformed request'],
  invalid: [422, 'Validation failed'],
  unauthenticated: [401, 'Authentication required'],
  signature_invalid: [401, 'Signature not valid'],
  bad_credentials: [401, 'Wrong email or password'],
  foreign_origin: [403, 'Origin not allowed'],
  origin_not_allowed: [403, 'Site not allowed'],
  identity_invalid: [403, 'Visitor not verified'],
  proof_required: [403, 'Proof of work required'],
  contact_blocked: [403, 'Contact blocked'],
  forbidden: [403, 'Not allowed for your role'],
  registration_closed: [403, 'Registration is closed'],
  invitation_required: [403, 'Invitation required'],
  invitation_invalid: [403, 'Invitation not valid'],
  password_wrong: [403, 'Wrong password'],
  not_found: [404, 'Resource not found'],
  method_not_allowed: [405, 'Method not allowed'],
  request_timeout: [408, 'Request too slow'],
  email_taken: [409, 'Email address already registered'],
  already_member: [409, 'Already a member'],
  last_owner: [409, 'A workspace needs an owner'],
  personal_workspace: [409, 'Personal workspace'],
  stale_revision: [409, 'Flow revision out of date'],
  deployment_paused: [409, 'Deployment is paused'],
  consent_required: [409, 'Consent required'],
  slug_taken: [409, 'Address already used'],
  shortcut_taken: [409, 'Shortcut already used'],
  name_taken: [409, 'Name already used'],
  already_taken: [409, 'Conversation already taken'],
  not_in_control: [409, 'Conversation not taken over'],
  run_finished: [409, 'Run has ended'],
  not_paused: [409, 'Run is not paused'],
  not_paused_there: [409, 'Run is paused at another node'],
  not_step_mode: [409, 'Run is not in step mode'],
  run_not_failed: [409, 'Run has not failed'],
  not_waiting: [409, 'Run is not waiting for input'],
  request_id_reused: [409, 'Request ID already used'],
  idempotency_conflict: [409, 'Another body under the same key'],
  endpoint_disabled: [409, 'Endpoint is disabled'],
  callback_used: [409, 'Address was used already'],
  delivery_incomplete: [409, 'Delivery was not kept in full'],
  callback_over: [410, 'Address no longer valid'],
  too_large: [413, 'Request too large'],
  message_too_large: [413, 'Message too large'],
  unsupported_media_type: [415, 'Unsupported media type'],
  foreign_host: [421, 'Host not allowed'],
  flow_invalid: [422, 'Flow has errors'],
  no_version: [422, 'Version not found'],
  node_unreached: [422, 'Node not visited'],
  node_missing: [422, 'Node not in this version'],
  token_invalid: [422, 'Link not valid'],
  not_a_pdf: [422, 'Not a PDF file'],
  knowledge_full: [422, 'Knowledge limit reached'],
  flows_full: [422, 'Flow limit reached'],
  flow_storage_full: [422, 'Flow storage is full'],
  versions_full: [422, 'Version limit reached'],
  tests_full: [422, 'Test limit reached'],
  tests_failed: [422, 'Tests failed'],
  proof_stopped: [422, 'Flow takes too long to test'],
  workspaces_full: [422, 'Workspace limit reached'],
  members_full: [422, 'Member limit reached'],
  endpoints_full: [422, 'Endpoint limit reached'],
  tokens_full: [422, 'Token limit reached'],
  deployments_full: [422, 'Deployment limit reached'],
  views_full: [422, 'Saved view limit reached'],
  keys_full: [422, 'Key limit reached'],
  canned_replies_full: [422, 'Canned reply limit reached'],
  notes_full: [422, 'Note limit reached'],
  open_runs_full: [422, 'Too many active runs'],
  logs_full: [422, 'Log limit reached'],
  rate_limited: [429, 'Too many requests'],
  over_limit: [429, 'Too many messages'],
  too_many_connections: [429, 'Too many connections'],
  queue_full: [429, 'Message queue is full'],
  internal: [500, 'Internal error'],
  installation_full: [507, 'Installation is full'],
  temporal_unavailable: [503, 'Temporal is unavailable'],
  database_unavailable: [503, 'Database is unavailable'],

  expression_invalid: [422, 'Invalid expression'],
  expression_failed: [422, 'Expression failed'],
  expression_too_large: [422, 'Expression too long'],
  expression_too_costly: [422, 'Expression too expensive'],
  header_invalid: [422, 'Invalid header value'],
  status_invalid: [422, 'Invalid status'],
  pattern_invalid: [422, 'Invalid pattern'],
  value_too_large: [422, 'Value too large'],
  variables_too_large: [422, 'Variables too large'],
  wait_invalid: [422, 'Invalid wait'],
  contact_invalid: [422, 'Invalid contact data'],
  invalid_reply: [422, 'Invalid reply'],
  no_reply: [422, 'No reply in time'],
  turn_limit_reached: [422, 'Reply limit reached'],
  step_budget_exceeded: [422, 'Infinite loop detected'],
  log_budget_exceeded: [422, 'Too much output without a reply'],
  run_log_full: [422, 'Log of the run is full'],
  flow_unavailable: [422, 'Flow not available'],
  flow_depth_exceeded: [422, 'Too many flows within flows'],
  flow_runs_exceeded: [422, 'Too many runs by one run'],
  flow_listens: [422, 'Flow waits for a person'],
  flow_cancelled: [422, 'Flow was cancelled'],
  flow_timed_out: [422, 'Flow got no reply in time'],
  flow_under_way: [422, 'Flow is still running'],
  flow_input_invalid: [422, 'Input is not an object'],
  internal_node_error: [500, 'Internal error in node'],
  run_terminated: [500, 'Run was terminated'],
  egress_refused: [422, 'Address not allowed'],
  http_status: [422, 'Service returned an error'],
  http_timeout: [422, 'Request timed out'],
  http_too_large: [422, 'Response too large'],
  http_failed: [422, 'Connection failed'],
  http_redirects: [422, 'Too many redirects'],
  pdf_encrypted: [422, 'PDF is password-protected'],
  pdf_broken: [422, 'PDF is damaged'],
  pdf_too_heavy: [422, 'PDF exceeds the limits'],
  no_text: [422, 'No text found'],
  text_too_long: [422, 'Text too long'],
  page_not_html: [422, 'Not a web page'],
  page_unreadable: [422, 'Page cannot be read'],
  robots_refused: [422, 'Blocked by robots.txt'],
  key_missing: [422, 'Key not found'],
  key_unreadable: [422, 'Key cannot be decrypted'],
  key_host_refused: [422, 'Host not allowed for this key'],
  key_needs_https: [422, 'HTTPS required'],
  key_redirected: [422, 'Redirect to another host blocked'],
  ai_key_missing: [422, 'Model key missing'],
  ai_key_invalid: [422, 'Model key rejected'],
  ai_model_not_allowed: [422, 'Model not allowed'],
  ai_budget_exceeded: [429, 'AI budget used up'],
  ai_deployment_budget_exceeded: [429, 'AI budget of the chat used up'],
  ai_blocked: [422, 'Blocked by the model'],
  ai_bad_request: [422, 'Request rejected by the model'],
  ai_rate_limited: [422, 'Model rate limit reached'],
  ai_unavailable: [422, 'Model is unavailable'],
  ai_interrupted: [422, 'Response interrupted'],
  ai_schema_mismatch: [422, 'Response does not match the schema'],
  ai_truncated: [422, 'Response cut off'],
  ai_empty: [422, 'Empty response'],
  ai_flow_invalid: [422, 'Generated flow has errors'],
} as const satisfies Record<string, readonly [status: number, title: string]>;

/** A stable error code. */
export type ErrorCode = keyof typeof errorCodes;

/**
 * One invalid field of an input: where it is, and how to fix it. In a flow that cannot run, also the
 * issue as data (`FlowIssue`).
 */
export type FieldError = {
  path: string;
  message: string;
  nodeId?: string;
  edgeId?: string;
  code?: string;
  reason?: string;
  field?: string;
  params?: { [name: string]: string | number };
  offset?: number;
};

/** An error in the acknowledgement of a socket event. */
export type SocketError = { code: ErrorCode; message: string; errors?: FieldError[] };

/**
 * What `proof_required` asks for, as altcha has it: the number from 0 to `maxnumber` that, after the
 * salt, has this SHA-256 in hex.
 */
export type ProofChallenge = {
  algorithm: 'SHA-256';
  challenge: string;
  maxnumber: number;
  salt: string;
  signature: string;
};

/** A test that failed, with what it expected and got: by step, and at which node. */
export type FailedTest = {
  testId: string;
  name: string;
  failures: { step?: number; expected: string; got: string; nodeId?: string }[];
};

/** The body of an HTTP error response: RFC 9457, `application/problem+json`. */
export type Problem = {
  type: string;
  status: number;
  title: string;
  detail: string;
  code: ErrorCode;
  errors?: FieldError[];
  /** With `stale_revision`: the revision that the flow has now. */
  currentRevision?: number;
  /** With `tests_failed`: which tests, and how. */
  failures?: FailedTest[];
  /** With `proof_required`: what to solve. */
  challenge?: ProofChallenge;
  /** With `already_taken`: who has the conversation; null where nobody has it. */
  takenBy?: { userId: string; name: string } | null;
  instance?: string;
};
