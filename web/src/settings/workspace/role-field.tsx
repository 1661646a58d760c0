import { type Role, roles } from '@crmflow/contracts/rights';
import { texts as shared } from '../../texts.js';
import { texts } from '../settings-texts.js';

/** A choice of a role, each with what it is for. */
export function RoleField({ label, initial }: { label: string; initial: Role }) {
  return (
    <fieldset class="role-field">
      <legend class="setting-label">{label}</legend>
      {roles.map((role) => (
        <label key={role}>
          <input type="radio" name="role" value={role} defaultChecked={role === initial} />
          <span>
            {shared.roles[role]}
            <span class="small muted">{texts.roleHints[role]}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
