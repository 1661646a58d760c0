import type { Budget } from '@crmflow/contracts';
import { readUsage } from '../api/usage.js';
import { language } from '../texts/language.js';
import { Fetched } from '../ui/fetched.js';
import { Notice } from '../ui/notice.js';
import { texts } from './settings-texts.js';

const number = new Intl.NumberFormat(language);
const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 });
const megabytes = new Intl.NumberFormat(language, {
  ...{ style: 'unit', unit: 'megabyte', maximumFractionDigits: 0 },
});

function amount(unit: Budget['unit'], of: number): string {
  return unit === 'bytes' ? megabytes.format(of / 1e6) : number.format(of);
}

function BudgetRow({ budget: { budget, unit, used, limit, warning } }: { budget: Budget }) {
  const words = texts.usage;
  return (
    <li class="setting-row">
      <div>
        <strong>{words.budgets[budget]}</strong>{' '}
        {warning && <span class="badge badge-warning small">{words.nearlyFull}</span>}
        <p class="small muted">{words.used(amount(unit, used), amount(unit, limit))}</p>
      </div>
      <span class="small muted">{percent.format(limit === 0 ? 1 : used / limit)}</span>
    </li>
  );
}

/** How much one uses of what is limited. */
export function UsageSection() {
  const words = texts.usage;
  return (
    <>
      <p class="muted">{words.text}</p>
      <Fetched label={words.loading} failed={texts.failed} fetch={readUsage}>
        {(budgets) => (
          <>
            {budgets.some(({ warning }) => warning) && <Notice kind="info">{words.warning}</Notice>}
            <ul class="setting-rows">
              {budgets.map((budget) => (
                <BudgetRow key={budget.budget} budget={budget} />
              ))}
            </ul>
          </>
        )}
      </Fetched>
    </>
  );
}
