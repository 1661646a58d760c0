/** The share of a budget from which on its user is told. */
export const budgetWarning = 0.8;

/** Every limit of the contract, in bytes of UTF-8 unless the name says otherwise. */
export const limits = {
  /** Workspaces that one user owns, besides the personal one. */
  workspaces: 50,
  /** Members and open invitations of one workspace. */
  members: 500,
  /** API tokens of one workspace. */
  apiTokens: 100,
  /** Of one flow. */
  deployments: 50,
  /** Of one workspace. */
  schedules: 200,
  /** Times that one backfill may start, and that may wait for a run before them. */
  backfillTimes: 1_000,
  bufferedFirings: 1_000,
  /** Of what is set for each run of a schedule. */
  scheduleInputBytes: 60_000,
  /** Failed runs in a row after which a schedule pauses itself. */
  failuresInARow: 10,
  /** Days that is kept what became of a time. */
  firingDays: 90,
  /** Views of conversations that one member saves in one workspace. */
  savedViews: 50,
  /** Of one workspace. */
  contacts: 1_000_000,
  /** Days in which a merge of contacts can be undone. */
  mergeDays: 30,
  /** Of one workspace. */
  cannedReplies: 500,
  cannedReplyLength: 4_000,
  /** Of one conversation. */
  teamNotes: 500,
  teamNoteLength: 4_000,
  /** What was done with one conversation besides notes; the newest are kept. */
  teamActs: 200,
  /** Days ahead until which a conversation may be snoozed. */
  snoozeDays: 366,
  /** Of one workspace. */
  flows: 1_000,
  /** Of one flow, published. */
  flowVersions: 1_000,
  /** Drafts and versions of one workspace. */
  flowStorageBytes: 500_000_000,
  /** Of one workspace. */
  keys: 200,
  /** Of one workspace, and of all. */
  openRuns: 50_000,
  openRunsOfAll: 200_000,
  /** Logs of all runs of one workspace. */
  logsBytes: 10_000_000_000,
  /** Days that a workspace keeps runs after they end, unless it keeps them forever. */
  runDays: 3_650,
  /** The whole database, unless the administrator says otherwise. */
  databaseBytes: 100_000_000_000,
  flowBytes: 1_000_000,
  flowNodes: 1_000,
  /** A handle leads to at most one node, but a branch may have many handles. */
  flowEdges: 5_000,
  flowNotes: 500,
  /** Of one flow. */
  flowTests: 200,
  /** What they have together. With the flow they fit into one request. */
  flowTestsBytes: 400_000,
  testBytes: 256_000,
  testSteps: 200,
  testMocks: 100,
  /** Attempts that one mock answers one after the other. */
  testSequence: 100,
  testRecordings: 500,
  /** Nodes of a path that a test asserts, and messages and visits of its result. */
  testPath: 5_000,
  /** Past conversations that are tried on a draft at once. */
  replayedRuns: 200,
  /** Runs that have not ended, which are looked at before a draft is published. */
  waitingRuns: 10_000,
  /** Characters of a note on the canvas. */
  noteLength: 4_000,
  branchCases: 100,
  messageBytes: 16_000,
  queuedMessages: 100,
  /** Keeps a run's state below Temporal's 2 MB payload even when the queue is full. */
  queuedBytes: 256_000,
  expressionBytes: 4_000,
  templateBytes: 64_000,
  patternBytes: 1_000,
  valueBytes: 64_000,
  variablesBytes: 256_000,
  inputBytes: 64_000,
  /** Of what a service sends to a webhook, which is most of the input of a run. */
  hookBodyBytes: 60_000,
  /** Deliveries of one webhook that are kept, and refused ones. */
  deliveries: 50,
  refusedDeliveries: 10,
  /** Endpoints of one workspace. */
  endpoints: 10,
  /** Events that wait for one endpoint, as `record_event` of the database has it; further ones are undelivered. */
  pendingEvents: 10_000,
  /** Of one endpoint: deliveries that are over and still kept, and for how many days. */
  endedDeliveries: 10_000,
  deliveryDays: 30,
  /** Of what is sent to an endpoint. */
  eventBytes: 20_000,
  /** Characters of an endpoint's answer that are kept, and attempts of one delivery. */
  endpointAnswerLength: 1_000,
  deliveryAttempts: 20,
  /** Characters of a stored key; shorter ones could not be told from other text. */
  keyMinLength: 8,
  keyMaxLength: 4_096,
  keyHosts: 20,
  /** Flows that a stored key names as its users; all are counted. */
  keyUsersListed: 20,
  answerSchemaBytes: 16_000,
  /** Levels of the values that an answer's schema describes. */
  answerSchemaDepth: 8,
  httpResponseBytes: 256_000,
  /** Nodes that a run may go through without a reply or a timer of at least a second. */
  stepsWithoutProgress: 2_000,
  /** What a run may write to its log in that time, in characters of JSON. */
  logWithoutProgress: 16_000_000,
  /** What a run may write to its log in all, in characters of JSON. */
  runLog: 100_000_000,
  /** Flows within flows: how deep they go below the run that somebody started, and how many runs that makes. */
  flowDepth: 5,
  runsWithinRun: 1_000,
  /** Of a run's snapshot: the newest runs that it has started. */
  snapshotChildren: 100,
  /** Nodes before which one run pauses. */
  pausePoints: 100,
  snapshotMessages: 200,
  /** Of a page of a run's log or transcript, which has one entry at least. */
  logPageBytes: 1_000_000,
  /** How many of the newest messages expressions see as `messages`, within `messagesScopeBytes`. */
  messagesInScope: 50,
  messagesScopeBytes: 64_000,
  /** Of an uploaded PDF. */
  uploadBytes: 10_000_000,
  /** Of a scraped page, decoded. */
  pageBytes: 2_000_000,
  urlLength: 2_000,
  knowledgeItems: 1_000,
  /** Files and what is read from them, of one workspace. */
  knowledgeStorageBytes: 2_000_000_000,
  knowledgeNameLength: 300,
  /** Of what is typed in as one entry. */
  knowledgeEntryLength: 500_000,
  /** Characters that are read from one item. */
  knowledgeCharacters: 4_000_000,
  pdfPages: 3_000,
  knowledgeQueryLength: 8_000,
  /** Most passages that one search finds. */
  knowledgePassages: 20,
  /** Items that one ai node may name. */
  knowledgeItemsOfNode: 50,
  /** Things that the model of one ai node may call. */
  aiTools: 16,
  /** How often it may call some before it has to answer. */
  toolRounds: 6,
  /** Calls that it may ask for at once. */
  toolCallsAtOnce: 8,
  /** Of what a call gives back to it. */
  toolResultBytes: 16_000,
  toolDescriptionLength: 2_000,
  /**
   * What may be used of the installation's key for the model in a day, in tokens; an administrator
   * may say otherwise.
   */
  tokensOfFlow: 3_000_000,
  tokensOfWorkspace: 5_000_000,
  tokensOfInstallation: 20_000_000,
  /** The largest budget that a deployment may have of the model in a day, in tokens. */
  deploymentTokens: 1_000_000_000_000,
  /** Replies that one ai node may read. */
  conversationTurns: 100,
  /** Characters of how the model shall speak for a user. */
  personalityLength: 4_000,
  /** The longest wait: ten years. */
  durationMs: 10 * 366 * 24 * 3600 * 1000,
  /** How long one attempt of a call may take. */
  attemptMs: 5 * 60 * 1000,
  /** How long a failing call may be retried. */
  retryForMs: 7 * 24 * 3600 * 1000,
} as const;
