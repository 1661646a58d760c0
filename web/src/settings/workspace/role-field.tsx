import { type Role, roles } from '@crmflow/contracts/rights';
import { texts as shared } from '../../texts.js';
import { ChoiceField } from '../../ui/field/choice-field.js';
import { texts } from '../settings-texts.js';

/** A choice of a role, each with what it is for. */
export function RoleField({ label, initial }: { label: string; initial: Role }) {
  const options = roles.map((role) => ({
    ...{ value: role, label: shared.roles[role], hint: texts.roleHints[role] },
  }));
  return <ChoiceField name="role" label={label} options={options} defaultValue={initial} />;
}
