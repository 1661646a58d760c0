import type { Template } from '@crmflow/contracts';
import { texts } from './templates-texts.js';
import { FlowDrawing } from './flow-drawing.js';
import { wordsOf } from './template-words.js';

/** A template in the list: its picture, what it does and what it needs. */
export function TemplateCard({ template }: { template: Template }) {
  const { id, category, isOwn, nodeCount, needs } = template;
  const { name, description } = wordsOf(template);
  return (
    <li class="template">
      <div class="template-picture">
        <FlowDrawing template={template} />
      </div>
      <div class="template-words">
        <h2>
          <a class="template-link" href={`/templates/${id}`}>
            {name}
          </a>
        </h2>
        {description && <p class="small muted">{description}</p>}
        <p class="template-facts small muted">
          <span>{isOwn ? texts.own : texts.categories[category]}</span>
          <span>{texts.nodes(nodeCount)}</span>
          {needs.map((need) => (
            <span key={need}>{texts.need[need].name}</span>
          ))}
        </p>
      </div>
    </li>
  );
}
