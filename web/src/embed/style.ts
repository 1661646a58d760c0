// In a shadow root, so that the page's rules and ours never meet, and made by script: a policy
// that forbids inline styles has no say in it.
const rules = `
:host{display:block;color-scheme:light dark}
:host(:not([data-mode=inline])){position:fixed;z-index:2147483000}
*{box-sizing:border-box}
iframe{display:block;width:100%;height:100%;border:0;background:light-dark(#fff,#1b1f26)}
.panel{position:fixed;height:100%;padding:0;border:0;overflow:hidden;border-radius:min(var(--round),20px);box-shadow:0 12px 40px #0004,0 0 0 1px #8883;animation:in .18s}
div.panel,.launcher{right:20px}
:host(.left) div.panel,:host(.left) .launcher{right:auto;left:20px}
div.panel{bottom:92px;width:400px;height:min(680px,100dvh - 112px)}
:host([data-mode=inline]) .panel{position:static;width:auto;height:100%;box-shadow:none;border:1px solid light-dark(#c5cbd5,#3c4450)}
dialog{width:min(720px,100vw - 48px);height:min(760px,100dvh - 48px)!important;max-width:none;max-height:none}
dialog::backdrop{background:#0008}
.launcher{position:fixed;bottom:20px;display:grid;place-items:center;width:56px;height:56px;border:0;border-radius:50%;background:var(--fill);color:var(--on-fill);box-shadow:0 4px 16px #0004;cursor:pointer;transition:scale .15s}
.launcher:hover{scale:1.05}
.launcher:focus-visible{outline:3px solid light-dark(#000,#fff);outline-offset:3px}
svg{grid-area:1/1;width:26px;fill:none;stroke:currentColor;stroke-width:2;stroke-linecap:round;stroke-linejoin:round}
:host(.open) .open,:host(:not(.open)) .close,.badge:empty{display:none}
.badge{position:absolute;top:-2px;right:-2px;min-width:20px;padding:0 6px;border-radius:10px;background:#c8102e;color:#fff;font:600 12px/20px system-ui}
@keyframes in{from{opacity:0;translate:0 12px}}
@media (max-width:480px),(max-height:480px){
:host(:not([data-mode=inline])) .panel{inset:0!important;width:100%;height:100%!important;border-radius:0}
:host(.open) .launcher{display:none}}
@media (prefers-reduced-motion){*{animation:none!important;transition:none!important}}
@media (forced-colors:active){.launcher{border:2px solid}}`;

/** How the button and the frame look. */
export function styleSheet(): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules);
  return sheet;
}
