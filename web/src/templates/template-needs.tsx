import type { Template } from '@crmflow/contracts';
import { BookOpen, Globe, type IconNode, Sparkles } from 'lucide';
import { Icon } from '../ui/icon.js';
import { nodeTypes } from '@crmflow/contracts/kinds';
import { texts } from './templates-texts.js';
import { kindStyle, localized, typeLooks } from '../node-look.js';

const icons: { [need in Template['needs'][number]]: IconNode } = {
  model: Sparkles,
  knowledge: BookOpen,
  service: Globe,
};

/** What has to be there before the flow runs well. */
export function TemplateNeeds({ needs }: Pick<Template, 'needs'>) {
  return (
    <section>
      <h2>{texts.needs}</h2>
      {needs.length === 0 && <p class="muted">{texts.needsNothing}</p>}
      <ul class="template-needs">
        {needs.map((need) => (
          <li key={need}>
            <Icon of={icons[need]} />
            <span>
              <strong>{texts.need[need].name}</strong>
              <span class="small muted">{texts.need[need].text}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** How many nodes of which kind it has. */
export function TemplateKinds({ kinds }: Pick<Template, 'kinds'>) {
  return (
    <section>
      <h2>{texts.made}</h2>
      <ul class="template-kinds">
        {nodeTypes
          .filter((type) => kinds[type] > 0)
          .map((type) => (
            <li key={type} style={kindStyle(typeLooks[type])}>
              <Icon of={typeLooks[type].icon} />
              <span>{localized(typeLooks[type].name)}</span>
              <span class="muted">{kinds[type]}</span>
            </li>
          ))}
      </ul>
    </section>
  );
}
