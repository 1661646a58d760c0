import type { PublicChat } from '@crmflow/contracts';
import { paletteOf } from './colours.js';

/** Gives the page the colour and the corners of its deployment; chat.css says where they go. */
export function applyLook({ colour, radius }: Pick<PublicChat, 'colour' | 'radius'>): void {
  const [light, dark] = [paletteOf(colour, 'light'), paletteOf(colour, 'dark')];
  const { style } = document.documentElement;
  style.setProperty('--fill', `light-dark(${light.fill}, ${dark.fill})`);
  style.setProperty('--on-fill', `light-dark(${light.onFill}, ${dark.onFill})`);
  style.setProperty('--accent', `light-dark(${light.accent}, ${dark.accent})`);
  style.setProperty('--round', `${radius}px`);
}
