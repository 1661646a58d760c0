/** The style of the pages that the API serves itself: reference and errors. */
export const style = `
:root {
  color-scheme: light dark;
  --bg: light-dark(#f6f7f9, #101216);
  --surface: light-dark(#ffffff, #181b20);
  --surface-2: light-dark(#eef0f3, #22262d);
  --border: light-dark(#d8dce2, #333943);
  --text: light-dark(#16181c, #eceef1);
  --muted: light-dark(#565d68, #a5adb8);
  --accent: light-dark(#3451d1, #93a6ff);
  --accent-soft: light-dark(#e8ecfd, #232a4a);
  --danger: light-dark(#b3261e, #ff9088);
  --danger-soft: light-dark(#fdecea, #3b1f1e);
  --ok: light-dark(#17713b, #72d99a);
  --ok-soft: light-dark(#e5f5eb, #17311f);
  --warn: light-dark(#7d5200, #f0b968);
  --warn-soft: light-dark(#fdf3dc, #36290f);
  --font: system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif;
  --mono: ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace;
}
:root[data-theme='light'] { color-scheme: light; }
:root[data-theme='dark'] { color-scheme: dark; }
* { box-sizing: border-box; }
html { scroll-padding-top: 72px; }
body { margin: 0; background: var(--bg); color: var(--text); font: 15px/1.55 var(--font); -webkit-text-size-adjust: 100%; }
h1, h2, h3, h4, p, ul, pre { margin: 0; padding: 0; }
ul { list-style: none; }
a { color: var(--accent); text-underline-offset: 2px; }
code, pre { font-family: var(--mono); font-size: 13px; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
.muted { color: var(--muted); }
.skip { position: absolute; left: 8px; top: -48px; z-index: 2; padding: 8px 12px; background: var(--surface); border-radius: 8px; }
.skip:focus { top: 8px; }

.top { position: sticky; top: 0; z-index: 1; display: flex; align-items: center; gap: 12px; height: 56px; padding: 0 24px; background: var(--surface); border-bottom: 1px solid var(--border); }
.brand { color: inherit; font-weight: 650; text-decoration: none; }
.raw { margin-left: auto; font-size: 13px; }
.columns { display: grid; grid-template-columns: 288px minmax(0, 1fr); }
nav.contents { position: sticky; top: 56px; height: calc(100vh - 56px); overflow-y: auto; overscroll-behavior: contain; padding: 20px 12px 48px; border-right: 1px solid var(--border); }
nav a { display: flex; align-items: baseline; justify-content: space-between; gap: 8px; padding: 4px 12px; border-radius: 6px; color: var(--muted); font-size: 13px; line-height: 20px; text-decoration: none; }
nav a:hover { background: var(--surface-2); color: var(--text); }
nav .group { margin-top: 16px; color: var(--text); font-weight: 600; }
nav li:first-child > .group { margin-top: 0; }
nav a .method[class] { flex: none; min-width: 0; padding: 0; background: none; font-size: 11px; }
.contents-small { display: none; }

main { max-width: 880px; padding: 40px 48px 128px; }
h1 { font-size: 28px; line-height: 36px; font-weight: 650; letter-spacing: -0.01em; }
h2 { font-size: 20px; line-height: 28px; font-weight: 650; }
h3 { font-size: 16px; line-height: 24px; font-weight: 600; }
h4 { margin-top: 20px; color: var(--muted); font-size: 13px; line-height: 20px; font-weight: 600; }
h3 a { color: inherit; text-decoration: none; }
h3 a:hover { text-decoration: underline; }
.intro p, .operation > p, .chapter p { max-width: 68ch; margin-top: 12px; }
.chapter { margin-top: 64px; padding-bottom: 4px; }
.chapter p { margin-top: 4px; color: var(--muted); }
.operation { margin-top: 16px; padding: 20px 24px 24px; background: var(--surface); border: 1px solid var(--border); border-radius: 12px; }
.operation:target { border-color: var(--accent); }
.operation > .address { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; margin-top: 8px; }
.address code { overflow-wrap: anywhere; }
.method { display: inline-block; min-width: 56px; padding: 2px 8px; border-radius: 6px; background: var(--accent-soft); color: var(--accent); font: 600 12px/18px var(--mono); text-align: center; }
.method.get { color: var(--ok); background: var(--ok-soft); }
.method.put, .method.patch { color: var(--warn); background: var(--warn-soft); }
.method.delete { color: var(--danger); background: var(--danger-soft); }
.tag { padding: 2px 8px; border-radius: 6px; background: var(--surface-2); color: var(--muted); font-size: 12px; line-height: 18px; }
.fields, .choices { margin-top: 4px; }
.fields > li { padding: 8px 0; border-top: 1px solid var(--border); }
.fields > li:first-child { border-top: 0; }
.fields .fields, .fields .choices { margin-left: 4px; padding-left: 16px; border-left: 2px solid var(--border); }
.choices > li { margin-top: 8px; padding: 4px 12px; background: var(--bg); border-radius: 8px; }
.field { display: flex; flex-wrap: wrap; align-items: baseline; gap: 2px 12px; }
.field .name { font-weight: 600; }
.type { color: var(--muted); font-size: 13px; overflow-wrap: anywhere; }
.type code { color: var(--text); }
.default { margin-left: 4px; }
.needed { color: var(--danger); font-size: 12px; }
.note { max-width: 64ch; color: var(--muted); font-size: 14px; }
.answers > p { margin-top: 8px; }
.answers > p:first-child { margin-top: 4px; }
.status { display: inline-block; min-width: 40px; padding: 1px 6px; margin-right: 4px; border-radius: 6px; background: var(--ok-soft); color: var(--ok); font: 600 12px/18px var(--mono); text-align: center; }
.status.bad { background: var(--danger-soft); color: var(--danger); }
.problems > li { display: flex; flex-wrap: wrap; align-items: baseline; gap: 2px 10px; margin-top: 6px; }
.problems a { color: var(--muted); text-decoration: none; }
.problems a:hover { color: var(--accent); text-decoration: underline; }
details { margin-top: 12px; }
summary { width: fit-content; color: var(--accent); font-size: 13px; cursor: pointer; }
pre { margin-top: 8px; padding: 12px 16px; overflow-x: auto; background: var(--bg); border: 1px solid var(--border); border-radius: 8px; line-height: 20px; }

.article { max-width: 720px; margin: 0 auto; padding: 40px 24px 96px; }
.article .eyebrow { margin-bottom: 8px; }
.article h2 { margin-top: 32px; font-size: 16px; line-height: 24px; }
.article p, .article li { margin-top: 12px; }
.article ul:not([class]) { padding-left: 20px; list-style: disc; }
.article li { margin-top: 6px; }
.article .codes { margin-top: 16px; }
.article .codes a { text-underline-offset: 4px; }
.article .codes li { display: grid; grid-template-columns: 48px 240px 1fr; gap: 0 12px; align-items: baseline; padding: 8px 0; margin: 0; border-top: 1px solid var(--border); }

@media (max-width: 860px) {
  .columns { display: block; }
  nav.contents { display: none; }
  .contents-small { display: block; padding: 12px 16px; background: var(--surface); border: 1px solid var(--border); border-radius: 12px; }
  .contents-small summary { width: auto; font-size: 15px; line-height: 24px; }
  .contents-small a { padding: 8px; }
  .top { padding: 0 16px; }
  main { padding: 24px 16px 96px; }
  .operation { padding: 16px; }
  .article { padding: 24px 16px 64px; }
  .article .codes li { grid-template-columns: 48px 1fr; }
  .article .codes li > :last-child { grid-column: 2; }
}
@media print { nav, .top, .skip { display: none; } .columns { display: block; } }
`;
