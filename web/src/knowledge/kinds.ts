import type { KnowledgeType } from '@crmflow/contracts';
import { FileText, Globe, type IconNode, MessageCircleQuestionMark } from 'lucide';

/** The sign of each type of knowledge. */
export const typeIcons: Record<KnowledgeType, IconNode> = {
  pdf: FileText,
  url: Globe,
  manual: MessageCircleQuestionMark,
};
