import type { Template } from '@crmflow/contracts';
import { Icon } from '../ui/icon.js';
import { drawingOf, sightOf } from './drawing.js';
import { kindStyle, typeLooks } from '../node-look.js';
import './flow-drawing.css';

type Props = {
  template: Template;
  /** What it shows, read out; without it the drawing is for the eyes only. */
  label?: string;
  /** Draws all of it at this scale; without it the drawing fills its place. */
  scale?: number;
};

/** The width of a small picture by its height. */
const aspect = 2;

/** A flow, drawn small. Without a scale it shows where most happens. */
export function FlowDrawing({ template, label, scale }: Props) {
  const drawing = drawingOf(template);
  const { cards, wires, direction } = drawing;
  const longest = direction === 'down' ? 22 : 15;
  const isWhole = scale !== undefined;
  const { x, y, width, height } = isWhole ? drawing.box : sightOf(drawing, aspect);
  const size = isWhole && { width: Math.round(width * scale), height: Math.round(height * scale) };
  return (
    <svg
      class="flow-drawing"
      viewBox={`${x} ${y} ${width} ${height}`}
      preserveAspectRatio="xMidYMid slice"
      {...size}
      {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
    >
      {wires.map((wire, index) => (
        <path key={index} class="drawn-wire" d={wire} />
      ))}
      {cards.map(({ id, type, label: name, x, y, width, height }) => (
        <g
          key={id}
          class="drawn-card"
          style={kindStyle(typeLooks[type])}
          transform={`translate(${x} ${y})`}
        >
          <rect width={width} height={height} rx="12" />
          <rect class="sign" x="12" y="14" width="36" height="36" rx="8" />
          <g transform="translate(20 22)">
            <Icon of={typeLooks[type].icon} size={20} />
          </g>
          <text x="60" y="38">
            {name.length > longest ? `${name.slice(0, longest - 1).trimEnd()}…` : name}
          </text>
        </g>
      ))}
    </svg>
  );
}
