import type { Deployment, UpdateDeployment } from '@crmflow/contracts';

/** What a section of the settings of a chat page takes. */
export type SectionProps = {
  deployment: Deployment;
  /** Sends a change and shows what came of it. @throws ApiError */
  change: (change: UpdateDeployment) => Promise<void>;
};
