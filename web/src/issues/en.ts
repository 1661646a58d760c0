import { createIssueFormatter, englishIssues } from '@crmflow/contracts/issues';

/** Says issues in English. */
export const formatter = createIssueFormatter(englishIssues);
