import type { ChatDeployment, Deployment, UpdateDeployment } from '@crmflow/contracts';

/** What a section of the settings of a deployment takes. */
export type SectionProps<D extends Deployment = ChatDeployment> = {
  deployment: D;
  /** Sends a change and shows what came of it. @throws ApiError */
  change: (change: UpdateDeployment) => Promise<void>;
};
