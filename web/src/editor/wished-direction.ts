import type { Direction } from '@crmflow/layout';
import { deviceStorage } from '../storage.js';

const key = 'direction';

/** How somebody wants flows drawn that nobody has drawn yet, on this device. */
export const wishedDirection = (): Direction =>
  deviceStorage.read(key) === 'right' ? 'right' : 'down';

/** Keeps how somebody wants flows drawn. */
export function wishDirection(direction: Direction): void {
  deviceStorage.write(key, direction === 'down' ? '' : direction);
}
