import { isZone } from '@crmflow/expressions';
import { AppError } from '../errors/app-error.js';

/** @throws AppError `invalid` for a time zone that there is not. @param path the field that has it */
export function requireZone(timezone: string, path: string): void {
  if (isZone(timezone)) return;
  throw new AppError('invalid', 'The time zone is not known. See `errors` for how to fix it.', {
    errors: [{ path, message: 'must be a time zone, such as Europe/Berlin' }],
  });
}
