let isHeld = false;

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  target.matches('input, textarea, select, button, [contenteditable]');

window.addEventListener('keydown', (event) => {
  if (event.code !== 'Space' || isTyping(event.target)) return;
  event.preventDefault();
  isHeld = true;
});
window.addEventListener('keyup', (event) => {
  if (event.code === 'Space') isHeld = false;
});
window.addEventListener('blur', () => {
  isHeld = false;
});

/** Whether the space bar is held, by which the canvas is moved. */
export const isSpaceHeld = () => isHeld;
