/** A page as sites serve it, and the words that a person reads on it, in order. */
export type OddPage = { name: string; type?: string; body: string | Buffer; read: string };

const page = (body: string, head = '<title>Shop</title>') =>
  `<!doctype html><html><head>${head}</head><body>${body}</body></html>`;
const para = (topic: string) =>
  `${topic} is sent within three working days, and may be returned for thirty days after that.`;
const menu = (count: number) =>
  `<nav><ul>${Array.from({ length: count }, (_, at) => `<li><a href="/${at}">Menu ${at}</a></li>`).join('')}</ul></nav>`;
const latin = (text: string) => Buffer.from(text, 'latin1');

const question = 'How long does delivery take?';
const answer = 'Delivery takes two days in Germany and five days elsewhere.';

/** Pages of thirty kinds that readers of pages get wrong. */
export const oddPages: readonly OddPage[] = [
  {
    name: 'accordion, hidden',
    body: page(
      `<main><h3><button aria-expanded="false" aria-controls="a1">${question}</button></h3><div id="a1" hidden>${answer}</div></main>`,
    ),
    read: `${question} ${answer}`,
  },
  {
    name: 'accordion without ids',
    body: page(`<main><h3><button>${question}</button></h3><div hidden>${answer}</div></main>`),
    read: `${question} ${answer}`,
  },
  {
    name: 'accordion, aria-hidden',
    body: page(
      `<main><button aria-expanded="false">${question}</button><div class="panel" aria-hidden="true">${answer}</div></main>`,
    ),
    read: `${question} ${answer}`,
  },
  {
    name: 'details',
    body: page(`<main><details><summary>${question}</summary><p>${answer}</p></details></main>`),
    read: `${question} ${answer}`,
  },
  {
    name: 'hidden until found',
    body: page(`<main><h2>${question}</h2><div hidden="until-found">${answer}</div></main>`),
    read: `${question} ${answer}`,
  },
  {
    name: 'tabs',
    body: page(
      `<main><div role="tablist"><button role="tab" id="t1">Costs</button><button role="tab" id="t2">Times</button></div><div role="tabpanel" aria-labelledby="t1">${para('A parcel')}</div><div role="tabpanel" aria-labelledby="t2" hidden>${answer}</div></main>`,
    ),
    read: `Costs ${para('A parcel')} Times ${answer}`,
  },
  {
    name: 'Bootstrap collapse',
    body: page(
      `<main><a data-bs-target="#more">More</a><p>${para('A book')}</p><div id="more" class="collapse" aria-hidden="true">${answer}</div></main>`,
    ),
    read: `More ${para('A book')} ${answer}`,
  },
  {
    name: 'definition list of answers',
    body: page(
      `<main><dl><dt><button>${question}</button></dt><dd hidden>${answer}</dd></dl></main>`,
    ),
    read: `${question} ${answer}`,
  },
  {
    name: 'declarative shadow root',
    body: page(
      `<main><my-card><template shadowrootmode="open"><p>${answer}</p></template></my-card></main>`,
    ),
    read: answer,
  },
  {
    name: 'menu around',
    body: page(
      `${menu(8)}<main><h1>Returns</h1><p>${para('A parcel')}</p></main><footer>Imprint</footer>`,
    ),
    read: `Returns ${para('A parcel')}`,
  },
  {
    name: 'two articles',
    body: page(
      `<article><h2>One</h2><p>${para('A lamp')}</p></article><article><h2>Two</h2><p>${para('A much larger chair than any other chair of ours')}</p></article>`,
    ),
    read: `One ${para('A lamp')} Two ${para('A much larger chair than any other chair of ours')}`,
  },
  {
    name: 'prices as links',
    body: page(
      `<main><h1>Prices</h1><ul>${['Haircut for children 15 EUR', 'Haircut for adults 25 EUR', 'Colouring 60 EUR', 'Washing 10 EUR'].map((text) => `<li><a href="#">${text}</a></li>`).join('')}</ul></main>`,
    ),
    read: 'Prices Haircut for children 15 EUR Haircut for adults 25 EUR Colouring 60 EUR Washing 10 EUR',
  },
  {
    name: 'note within the text',
    body: page(
      `<main><p>${para('A parcel')}</p><aside>Gifts cost nothing more.</aside><p>${answer}</p></main>`,
    ),
    read: `${para('A parcel')} Gifts cost nothing more. ${answer}`,
  },
  {
    name: 'table of prices',
    body: page(
      '<main><table><tr><th>Weight</th><th>Price</th></tr><tr><td>1 kg</td><td>4 EUR</td></tr><tr><td>5 kg</td><td>9 EUR</td></tr></table></main>',
    ),
    read: 'Weight Price 1 kg 4 EUR 5 kg 9 EUR',
  },
  {
    name: 'layout by tables',
    body: page(
      `<table><tr><td><a href="/">Home</a></td><td><h1>Returns</h1><p>${para('A parcel')}</p></td></tr></table>`,
    ),
    read: `Home Returns ${para('A parcel')}`,
  },
  {
    name: 'all within a header',
    body: page(`<header><h1>Open</h1><p>${para('A parcel')}</p></header>`),
    read: `Open ${para('A parcel')}`,
  },
  {
    name: 'headings alone',
    body: page(
      '<main><h2>Monday 9 to 17</h2><h2>Tuesday 9 to 12</h2><h2>Sunday closed</h2></main>',
    ),
    read: 'Monday 9 to 17 Tuesday 9 to 12 Sunday closed',
  },
  {
    name: 'text without elements',
    body: `Opening hours are from nine to five. ${answer}`,
    read: `Opening hours are from nine to five. ${answer}`,
  },
  {
    name: 'nothing is closed',
    body: `<h1>Hours<p>${para('A parcel')}<p>${answer}`,
    read: `Hours ${para('A parcel')} ${answer}`,
  },
  {
    name: 'scripts and styles between',
    body: page(
      `<main><p>${para('A parcel')}</p><script>var x = "no";</script><style>p{}</style><p>${answer}</p></main>`,
    ),
    read: `${para('A parcel')} ${answer}`,
  },
  {
    name: 'windows-1252 by its meta',
    body: latin(
      page(
        '<main><p>Die Öffnungszeiten für Gäste: täglich außer Montag, größere Gruppen nach Anfrage.</p></main>',
        '<meta http-equiv="Content-Type" content="text/html; charset=windows-1252"><title>Café</title>',
      ),
    ),
    read: 'Die Öffnungszeiten für Gäste: täglich außer Montag, größere Gruppen nach Anfrage.',
  },
  {
    name: 'latin1 without a label',
    body: latin(
      page('<main><p>Für größere Gruppen öffnen wir auch früher, täglich außer Montag.</p></main>'),
    ),
    read: 'Für größere Gruppen öffnen wir auch früher, täglich außer Montag.',
  },
  {
    name: 'a label that there is not',
    type: 'text/html; charset=utf8mb4',
    body: page('<main><p>Für größere Gruppen öffnen wir früher.</p></main>'),
    read: 'Für größere Gruppen öffnen wir früher.',
  },
  {
    name: 'Shift_JIS',
    type: 'text/html; charset=Shift_JIS',
    body: Buffer.concat([
      Buffer.from('<main><p>'),
      Buffer.from([0x83, 0x65, 0x83, 0x58, 0x83, 0x67]),
      Buffer.from('</p></main>'),
    ]),
    read: 'テスト',
  },
  {
    name: 'soft hyphens',
    body: page(
      '<main><p>Der Donau\u00addampf\u00adschiff fährt um neun Uhr ab und kommt um elf an.</p></main>',
    ),
    read: 'Der Donaudampfschiff fährt um neun Uhr ab und kommt um elf an.',
  },
  {
    name: 'composed of parts',
    body: page('<main><p>O\u0308ffnungszeiten sind von neun bis fu\u0308nf Uhr.</p></main>'),
    read: 'Öffnungszeiten sind von neun bis fünf Uhr.',
  },
  {
    name: 'entities',
    body: page(
      '<main><p>Fees &amp; taxes: 5&nbsp;&euro; &ndash; all in, &quot;no surprises&quot;.</p></main>',
    ),
    read: 'Fees & taxes: 5 € – all in, "no surprises".',
  },
  {
    name: 'line breaks in an address',
    body: page('<main><p>Nordlicht GmbH<br>Hafenweg 7<br>20457 Hamburg</p></main>'),
    read: 'Nordlicht GmbH Hafenweg 7 20457 Hamburg',
  },
  {
    name: 'cookie banner',
    body: page(
      `<main><h1>Returns</h1><p>${para('A parcel')}</p></main><div role="dialog"><p>We use cookies.</p><button>Accept</button></div>`,
    ),
    read: `Returns ${para('A parcel')}`,
  },
  {
    name: 'content beside a small main',
    body: page(
      `<main><h1>Hi</h1></main><section><p>${para('A parcel')}</p><p>${answer}</p></section>`,
    ),
    read: `Hi ${para('A parcel')} ${answer}`,
  },
  {
    name: 'hidden for good',
    body: page(`<main><p>${para('A parcel')}</p><p hidden>Template row</p></main>`),
    read: para('A parcel'),
  },
  {
    name: 'plain text',
    type: 'text/plain',
    body: `RETURNS\n\n${para('A parcel')}\n`,
    read: `RETURNS ${para('A parcel')}`,
  },
];
