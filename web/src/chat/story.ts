import type {
  CurrentNode,
  KnowledgeSource,
  NodeType,
  RunError,
  RunSnapshot,
  RunStatus,
  TranscriptMessage,
  Waiting,
} from '@crmflow/contracts';

/** The node at which the run is; label and type are known once its activation was told. */
export type ActiveNode = {
  nodeId: string;
  visit: number;
  state: CurrentNode['state'];
  label?: string;
  type?: NodeType;
};

/** Entry of the transcript, with the visit that said it and its sources where they are known. */
export type Message = TranscriptMessage & {
  visit?: number;
  sources?: readonly KnowledgeSource[];
};

/** What an answer draws on that was told, and has not become a message yet. */
export type Cited = {
  nodeId?: string | undefined;
  visit?: number | undefined;
  sources: readonly KnowledgeSource[];
};

/** What the numbered events tell: the same events give the same story. */
export type Story = {
  lastSeq: number;
  status: RunStatus;
  messages: readonly Message[];
  active?: ActiveNode;
  cited?: Cited;
  waiting?: Waiting;
  error?: RunError;
  /** ISO 8601. */
  finishedAt?: string;
};

/** The story so far, as a snapshot has it. */
export function storyOf(snapshot: RunSnapshot): Story {
  const { lastSeq, status, messages, waiting, error, finishedAt } = snapshot;
  const [node] = snapshot.currentNodes;
  return {
    lastSeq,
    status,
    messages,
    ...(node && { active: { nodeId: node.nodeId, visit: node.visit, state: node.state } }),
    ...(waiting && { waiting }),
    ...(error && { error }),
    ...(finishedAt !== undefined && { finishedAt }),
  };
}
