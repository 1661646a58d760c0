import { asApiError } from '../../api/as-api-error.js';
import { toast } from './toast.js';

/** Does something, and says where it did not work. @returns whether it did */
export async function attempt(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    toast(asApiError(error).message, { kind: 'failed' });
    return false;
  }
}
