import type { VersionSummary } from '@crmflow/contracts';
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { listVersions } from '../../api/versions.js';

/**
 * The newest published versions of a flow.
 * @returns undefined while they are fetched
 */
export function useVersions(flowId: string): readonly VersionSummary[] | undefined {
  const versions = useSignal<readonly VersionSummary[] | undefined>(undefined);
  useEffect(() => {
    listVersions(flowId, null).then(
      ({ items }) => (versions.value = items),
      // Without them the dialog still offers what it knows; the command itself tells what is wrong.
      () => (versions.value = []),
    );
  }, [flowId]);
  return versions.value;
}
