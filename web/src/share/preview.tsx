import type { ChatDeployment } from '@crmflow/contracts';
import { type Signal, useSignal } from '@preact/signals';
import { RotateCcw, X } from 'lucide';
import { useEffect, useRef } from 'preact/hooks';
import { readableOn } from '../chat-page/colours.js';
import { Button } from '../ui/button.js';
import { Icon } from '../ui/icon.js';
import type { Look } from './sections/look-section.js';
import { texts } from './share-texts.js';

const isColour = (text: string) => /^#[0-9a-f]{6}$/i.test(text);

/** The chat as it would look, with what is typed and not saved yet. */
function Face({ deployment, look }: { deployment: ChatDeployment; look: Look }) {
  const words = texts.preview;
  const colour = isColour(look.colour) ? look.colour : deployment.settings.colour;
  const radius = `${look.radius}px`;
  const own = { background: colour, color: readableOn(colour), borderRadius: radius };
  return (
    <div class="phone-face" aria-hidden="true">
      <div class="phone-head" style={{ background: colour, color: readableOn(colour) }}>
        {look.avatarUrl !== null && <img src={look.avatarUrl} alt="" width="28" height="28" />}
        <strong>{look.title.trim() || deployment.name}</strong>
      </div>
      <div class="phone-body">
        {look.welcome.trim() && (
          <p class="phone-said" style={{ borderRadius: radius }}>
            {look.welcome}
          </p>
        )}
        <p class="phone-said own" style={own}>
          {words.sample}
        </p>
      </div>
      <p class="phone-field muted" style={{ borderRadius: radius }}>
        {words.placeholder}
      </p>
    </div>
  );
}

/**
 * The chat itself. A chat in a frame greets the page around it and waits for an answer; ours keeps
 * nothing, so that each try begins as for somebody new.
 */
function Chat({ slug, title }: { slug: string; title: string }) {
  const frame = useRef<HTMLIFrameElement>(null);
  useEffect(() => {
    const welcome = ({ source, origin, data }: MessageEvent<{ type?: string } | undefined>) => {
      const { current } = frame;
      if (source !== current?.contentWindow || origin !== location.origin) return;
      if (data?.type !== 'crmflow:hello') return;
      const { port1, port2 } = new MessageChannel();
      port1.start();
      current?.contentWindow?.postMessage({ type: 'crmflow:welcome', kept: {} }, origin, [port2]);
    };
    addEventListener('message', welcome);
    return () => removeEventListener('message', welcome);
  }, []);
  return <iframe ref={frame} src={`/c/${encodeURIComponent(slug)}?frame=inline`} title={title} />;
}

/** The chat on a phone: as it looks, and to be tried. */
export function Preview({ deployment, look }: { deployment: ChatDeployment; look: Signal<Look> }) {
  const words = texts.preview;
  /** Counts the tries; 0 while nobody tries it. */
  const tries = useSignal(0);
  const { slug, health } = deployment;
  const isLive = health.state === 'live';
  return (
    <section class="share-preview" aria-label={words.title}>
      <div class="phone">
        {tries.value > 0 ? (
          <Chat key={`${tries.value} ${slug}`} slug={slug} title={words.title} />
        ) : (
          <Face deployment={deployment} look={look.value} />
        )}
      </div>
      {tries.value > 0 ? (
        <div class="share-preview-tools">
          <Button size="small" onClick={() => (tries.value += 1)}>
            <Icon of={RotateCcw} size={16} />
            {words.again}
          </Button>
          <Button size="small" onClick={() => (tries.value = 0)}>
            <Icon of={X} size={16} />
            {words.close}
          </Button>
        </div>
      ) : (
        <div class="share-preview-tools">
          <Button size="small" disabled={!isLive} onClick={() => (tries.value = 1)}>
            {words.start}
          </Button>
          <p class="small muted">{isLive ? words.startHint : words.notLive}</p>
        </div>
      )}
    </section>
  );
}
