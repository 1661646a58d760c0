import type { Deployment } from '@crmflow/contracts';
import { Copy, Download } from 'lucide';
import { useMemo } from 'preact/hooks';
import { Button } from '../ui/button.js';
import { Icon } from '../ui/icon.js';
import { saveFile } from '../ui/save-file.js';
import { toast } from '../ui/toast/toast.js';
import { qrCode, qrFile, qrPath, qrPicture } from './qr-code.js';
import { texts } from './share-texts.js';

/** The link to a chat page for paper and screens: scanned, downloaded or copied. */
export function QrSection({ deployment: { url, slug } }: { deployment: Deployment }) {
  const words = texts.qr;
  const code = useMemo(() => qrCode(url), [url]);
  const download = () =>
    saveFile(`${slug}.svg`, new Blob([qrFile(code)], { type: 'image/svg+xml' }));
  const copy = () => {
    // Browsers want to see the click: the picture may still be made then.
    const copied = Promise.resolve().then(() =>
      navigator.clipboard.write([new ClipboardItem({ 'image/png': qrPicture(code) })]),
    );
    copied.then(
      () => toast(words.copied),
      () => toast(words.notCopied, { kind: 'failed' }),
    );
  };
  return (
    <section class="share-part" aria-labelledby="qr-title">
      <h2 id="qr-title">{words.title}</h2>
      <p class="muted">{words.text}</p>
      <div class="qr">
        <svg
          class="qr-code"
          role="img"
          aria-label={words.label(url)}
          viewBox={`0 0 ${code.size} ${code.size}`}
          shape-rendering="crispEdges"
        >
          <path d={qrPath(code)} />
        </svg>
        <div class="qr-tools">
          <Button size="small" onClick={download}>
            <Icon of={Download} size={16} />
            {words.download}
          </Button>
          <Button size="small" onClick={copy}>
            <Icon of={Copy} size={16} />
            {words.copy}
          </Button>
        </div>
      </div>
    </section>
  );
}
