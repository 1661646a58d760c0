/** A line of the table: a hot path against its floor. */
export type Line = {
  what: string;
  path: number;
  floor: number;
  /** '' for shares, which have none. */
  unit: 'ms' | 'µs' | '/s' | 'MB' | '';
  /** What it should be, such as `≥ 0.9`. */
  aim?: string;
  /** Tells the difference instead of the ratio where that is what the aim is about. */
  asDifference?: boolean;
};

const digits = (value: number) => value.toFixed(Math.abs(value) >= 100 ? 0 : 2);

const told = ({ path, floor, unit, asDifference }: Line) =>
  asDifference ? `+${digits(path - floor)} ${unit}` : digits(path / floor);

/** The lines as a Markdown table. */
export function tableOf(lines: readonly Line[]): string {
  const rows = lines.map((line) => [
    line.what,
    `${digits(line.path)} ${line.unit}`.trim(),
    `${digits(line.floor)} ${line.unit}`.trim(),
    told(line),
    line.aim ?? '',
  ]);
  const all = [['hot path', 'CRMFlow', 'floor', 'ratio', 'aim'], ...rows];
  const widths = all[0]?.map((_, column) =>
    Math.max(...all.map((row) => [...(row[column] ?? '')].length)),
  );
  const drawn = all.map(
    (row) => `| ${row.map((cell, column) => cell.padEnd(widths?.[column] ?? 0)).join(' | ')} |`,
  );
  const rule = `|${widths?.map((width) => '-'.repeat(width + 2)).join('|')}|`;
  return [drawn[0], rule, ...drawn.slice(1)].join('\n');
}
