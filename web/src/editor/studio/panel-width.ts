/** How wide the panel beside the canvas can be, in pixels. */
export const panelWidths = { least: 320, usual: 360, most: 560 };

/** A width that the panel can have. */
const within = (width: number) =>
  Math.round(Math.min(panelWidths.most, Math.max(panelWidths.least, width)));

/** The width of what was kept, or was dragged to. */
export function panelWidth(kept: string | number | null): number {
  const width = kept === null || kept === '' ? NaN : Number(kept);
  return Number.isFinite(width) ? within(width) : panelWidths.usual;
}

/** The width that a key makes of one; undefined for keys that don't. The panel is on the right. */
export function widthAfterKey(key: string, width: number): number | undefined {
  switch (key) {
    case 'ArrowLeft':
      return within(width + 16);
    case 'ArrowRight':
      return within(width - 16);
    case 'Home':
      return panelWidths.least;
    case 'End':
      return panelWidths.most;
    default:
      return undefined;
  }
}
