import type { FlowResource } from '@crmflow/contracts';
import { ArrowLeft, Copy, Eye } from 'lucide';
import { useLocation } from 'preact-iso';
import { useMemo } from 'preact/hooks';
import { asApiError } from '../../api/as-api-error.js';
import { cloneFlow } from '../../api/flows.js';
import { FlowTabs } from '../../flow-frame/flow-tabs.js';
import { may, whoMay } from '../../session/workspace.js';
import { texts as appTexts } from '../../texts.js';
import { Button } from '../../ui/button.js';
import { Icon } from '../../ui/icon.js';
import { PageTitle } from '../../ui/page-title.js';
import { toast } from '../../ui/toast/toast.js';
import { texts } from '../editor-texts.js';
import { editedPart } from '../model/edited-part.js';
import { FlowView } from '../rete/flow-view.js';
import './view-only.css';

/** A flow that one may see and not change: of another workspace, or by one's role in this. */
export function ViewOnly({ flow }: { flow: FlowResource }) {
  const { route } = useLocation();
  const shown = useMemo(() => editedPart(flow), [flow]);
  const { id, name, isOwn } = flow;
  const copy = async () => {
    try {
      route(`/flows/${(await cloneFlow(id)).id}`);
    } catch (error) {
      toast(asApiError(error).message, { kind: 'failed' });
    }
  };
  return (
    <div class="view-only">
      <header>
        <a class="button quiet square" href="/" aria-label={appTexts.notFound.back}>
          <Icon of={ArrowLeft} />
        </a>
        <PageTitle title={name} />
        {!isOwn && may('flow.change') && (
          <Button kind="primary" onClick={() => void copy()}>
            <Icon of={Copy} />
            {texts.viewOnly.copy}
          </Button>
        )}
      </header>
      {isOwn && <FlowTabs flowId={id} name={name} current="build" />}
      <p class="view-only-why small">
        <Icon of={Eye} size={16} />
        {isOwn ? appTexts.rights.viewFlow(whoMay('flow.change')) : texts.viewOnly.foreign}
      </p>
      <FlowView flow={shown} />
    </div>
  );
}
