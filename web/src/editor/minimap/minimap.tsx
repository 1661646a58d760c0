import { effect, type ReadonlySignal, useComputed, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { kindIds, kindOf } from '@crmflow/contracts/nodes';
import { boxIn } from '../canvas/geometry.js';
import type { Viewport } from '../canvas/viewport.js';
import { texts } from '../editor-texts.js';
import { cardNodes } from '../model/asks.js';
import type { DocumentReader } from '../model/store.js';
import { allBoxes, noteBox } from '../notes/note-box.js';
import { type Scale, scaleOf, toLarge, toSmall } from './scale.js';
import { colorOf } from '../../node-look.js';
import { viewOfKind } from '../canvas/kinds.js';
import './minimap.css';

const frame = { width: 180, height: 112 };
const lateMs = 120;

/** The colours of the kinds in the theme of now. */
function coloursOf(element: Element): Map<string, string> {
  const legend = [...element.querySelectorAll('[data-kind]')];
  return new Map(
    legend.map((one) => [one.getAttribute('data-kind') ?? '', getComputedStyle(one).color]),
  );
}

function draw(picture: HTMLCanvasElement, document: DocumentReader, scale: Scale): void {
  const ratio = window.devicePixelRatio;
  picture.width = frame.width * ratio;
  picture.height = frame.height * ratio;
  const pen = picture.getContext('2d');
  const colours = coloursOf(picture.parentElement ?? picture);
  if (!pen) return;
  pen.scale(ratio, ratio);
  // Notes lie under the cards.
  for (const note of document.notes()) {
    const box = noteBox(note);
    const { x, y } = toSmall(scale, box);
    pen.fillStyle = colours.get('note') ?? 'gray';
    pen.fillRect(x, y, Math.max(box.width * scale.by, 2), Math.max(box.height * scale.by, 2));
  }
  for (const node of cardNodes(document)) {
    const box = boxIn(document, node);
    const { x, y } = toSmall(scale, box);
    pen.fillStyle = colours.get(kindOf(node) ?? 'branch') ?? 'gray';
    pen.fillRect(x, y, Math.max(box.width * scale.by, 2), Math.max(box.height * scale.by, 2));
  }
}

/** A value that may be a little behind: what changes with each frame is drawn some times a second. */
function useLate(value: ReadonlySignal<number>): ReadonlySignal<number> {
  const late = useSignal(value.peek());
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const watch = effect(() => {
      if (value.value === late.peek()) return;
      timer ??= setTimeout(() => {
        timer = undefined;
        late.value = value.peek();
      }, lateMs);
    });
    return () => {
      watch();
      clearTimeout(timer);
    };
  }, [value, late]);
  return late;
}

type Props = { document: DocumentReader; viewport: Viewport };

/** Draws the picture again where the flow or the theme has changed, once a frame at most. */
function useDrawing(document: DocumentReader, scale: ReadonlySignal<Scale>) {
  const picture = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    let request = 0;
    const later = () => {
      request ||= requestAnimationFrame(() => {
        request = 0;
        if (picture.current) draw(picture.current, document, scale.peek());
      });
    };
    const watch = effect(() => {
      if (scale.value) later();
    });
    const dark = window.matchMedia('(prefers-color-scheme: dark)');
    const theme = new MutationObserver(later);
    theme.observe(window.document.documentElement, { attributeFilter: ['data-theme'] });
    dark.addEventListener('change', later);
    return () => {
      watch();
      cancelAnimationFrame(request);
      theme.disconnect();
      dark.removeEventListener('change', later);
    };
  }, [document, scale]);
  return picture;
}

/** The whole flow, small, and what of it is seen; a press or a drag leads there. */
export function Minimap({ document, viewport }: Props) {
  const version = useLate(document.version);
  const scale = useComputed(() => scaleOf(version.value < 0 ? [] : allBoxes(document), frame));
  const picture = useDrawing(document, scale);
  const seen = useComputed(() => {
    const { x, y, k } = viewport.transform.value;
    const { width, height } = viewport.size();
    const { by } = scale.value;
    const at = toSmall(scale.value, { x: -x / k, y: -y / k });
    const size = `width:${(width / k) * by}px;height:${(height / k) * by}px`;
    return `transform:translate(${at.x}px,${at.y}px);${size}`;
  });
  const go = (event: PointerEvent) => {
    const bounds = picture.current?.getBoundingClientRect();
    if (!bounds || event.buttons !== 1) return;
    const small = { x: event.clientX - bounds.left, y: event.clientY - bounds.top };
    viewport.center({ id: '', ...toLarge(scale.peek(), small), width: 0, height: 0 });
  };
  return (
    <div
      class="minimap"
      role="img"
      aria-label={texts.minimap.label}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        go(event);
      }}
      onPointerMove={go}
    >
      <canvas ref={picture} style={{ width: `${frame.width}px`, height: `${frame.height}px` }} />
      <span class="minimap-seen" style={seen} />
      {kindIds.map((kind) => (
        <i key={kind} data-kind={kind} style={{ color: colorOf(viewOfKind(kind)) }} hidden />
      ))}
      <i
        data-kind="note"
        style={{ color: 'color-mix(in srgb, var(--warn) 45%, transparent)' }}
        hidden
      />
    </div>
  );
}
