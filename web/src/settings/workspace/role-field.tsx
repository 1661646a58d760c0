import { type Role, roles } from '@crmflow/contracts/rights';
import { texts as shared } from '../../texts.js';
import { texts } from '../settings-texts.js';

/** A choice of a role, each with what it is for. @param most the one that may most of those offered */
export function RoleField({
  label,
  initial,
  most = 'owner',
}: {
  label: string;
  initial: Role;
  most?: Role;
}) {
  return (
    <fieldset class="role-field">
      <legend class="setting-label">{label}</legend>
      {roles.slice(roles.indexOf(most)).map((role) => (
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
