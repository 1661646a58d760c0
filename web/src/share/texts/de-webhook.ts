import type { ShareTexts } from '../share-texts.js';

/** The texts of webhooks, in German. */
export const webhook: ShareTexts['webhook'] = {
  settings: 'Einstellungen des Webhooks',
  readOnly: (who: string) => `Diesen Webhook können nur ${who} ändern.`,
  optional: 'optional',
  sections: {
    setup: 'Verbinden',
    deliveries: 'Zustellungen',
    auth: 'Absender',
    answer: 'Antwort',
    general: 'Allgemein',
  },
  createdText:
    'Dienste senden dieses Token als „Authorization: Bearer <Token>“. Kopieren Sie es jetzt: Zur Sicherheit wird es nicht noch einmal angezeigt. Unter „Absender“ können Sie Absender auch anders erkennen, etwa an Signaturen.',
  open: 'Wer die Adresse kennt, kann diesen Flow starten. Wählen Sie unter „Absender“, woran Absender erkannt werden.',
  address: 'Adresse',
  addressText:
    'Tragen Sie sie bei dem Dienst ein, der den Flow starten soll. Jedes Ereignis, das er sendet, startet eine Ausführung.',
  addressLabel: 'Adresse des Webhooks',
  try: 'Ausprobieren',
  tryText: 'Führen Sie das in einem Terminal aus, mit dem Geheimnis in der ersten Zeile.',
  tryLabel: 'Befehl zum Ausprobieren',
  secretPlace: 'Ihr Geheimnis',
  auth: {
    label: 'Woran Absender erkannt werden',
    kinds: {
      none: 'Gar nicht',
      token: 'Token',
      basic: 'Name und Passwort',
      standard: 'Standard Webhooks',
      github: 'GitHub',
      stripe: 'Stripe',
      slack: 'Slack',
      hmac: 'Andere Signatur',
    },
    hints: {
      none: 'Wer die Adresse kennt, kann den Flow starten.',
      token: 'In einem Header jeder Anfrage. Auch für GitLab, mit dem Header X-Gitlab-Token.',
      basic: 'HTTP-Basic-Authentifizierung.',
      standard: 'Signatur, ID und Zeit nach der Spezifikation von standardwebhooks.com.',
      github: 'Die Signatur in X-Hub-Signature-256.',
      stripe: 'Die Signatur in Stripe-Signature.',
      slack: 'Die Signatur in X-Slack-Signature. Die Prüfung der Adresse wird beantwortet.',
      hmac: 'Ein HMAC des Inhalts in einem Header, den Sie nennen, etwa dem von Shopify.',
    },
    header: 'Header',
    tokenHeaderHint: 'In Authorization steht das Token nach „Bearer“.',
    hmacHeaderHint: 'Der Header mit der Signatur.',
    username: 'Name',
    algorithm: 'Algorithmus',
    encoding: 'Kodierung',
    timestampHeader: 'Header mit der Zeit',
    timestampHint:
      'Wenn auch die Zeit signiert ist. Signiert sind dann die Zeit, ein Punkt und der Inhalt.',
    idHeader: 'Header mit der ID',
    idHeaderHint:
      'Wenn jede Zustellung eine ID hat: Wird sie noch einmal gesendet, startet keine zweite Ausführung.',
    fillShopify: 'Für Shopify ausfüllen',
    secret: 'Geheimnis',
    newSecret: 'Zweites Geheimnis',
    secretMade: 'Wenn Sie nichts eingeben, wird eines erstellt.',
    secretOf: {
      stripe:
        'Stripe zeigt es, wenn Sie die Adresse als Endpunkt hinzufügen. Es beginnt mit whsec_.',
      slack: 'Das „Signing Secret“ unter „Basic Information“ Ihrer Slack-App.',
    },
    madeTitle: 'Das Geheimnis wurde erstellt',
    madeText:
      'Tragen Sie es bei dem Dienst ein, der sendet. Zur Sicherheit wird es nicht noch einmal angezeigt.',
    secrets: 'Geheimnisse',
    secretsText:
      'Um ein Geheimnis ohne Unterbrechung zu ersetzen, fügen Sie ein zweites hinzu, tragen Sie es beim Dienst ein, und löschen Sie dann das alte.',
    removeText: 'Anfragen damit werden dann abgelehnt. Das lässt sich nicht rückgängig machen.',
  },
  answer: {
    respond: 'Was Absender bekommen',
    responds: {
      accepted: 'Eine Empfangsbestätigung',
      finished: 'Das Ergebnis',
      node: 'Was der Flow antwortet',
    },
    hints: {
      accepted: 'Sofort, mit der ID der Ausführung. Für die meisten Dienste.',
      finished: 'Wenn die Ausführung beendet ist: ihr Status und alle Variablen.',
      node: 'Sobald der Flow einen Knoten „Antworten“ erreicht. Danach geht die Ausführung weiter.',
    },
    idempotency: 'Ereignis-ID',
    idempotencyHint:
      'Ein Ausdruck über den Inhalt. Dasselbe Ereignis startet den Flow dann nur einmal, egal wie oft es gesendet wird. Bei Standard Webhooks, GitHub, Stripe und Slack nicht nötig.',
    headers: 'Weitere Header für den Flow',
    headersHint: 'Der Flow liest sie als input.headers. Die üblichen sind immer dabei.',
  },
  deliveries: {
    title: 'Zustellungen',
    text: 'Die neuesten 50, auch abgelehnte. Wiederholen Sie eine, um Ihren Entwurf damit zu testen.',
    failed: 'Die Zustellungen konnten nicht geladen werden',
    hidden: 'Ihre Rolle kann nicht lesen, was gesendet wurde.',
    none: 'Es wurde noch nichts gesendet.',
    reload: 'Aktualisieren',
    waiting: 'Wartet',
    run: 'Ausführung öffnen',
    replay: 'Wiederholen',
    replayHint: 'Führt den Entwurf mit dieser Zustellung aus',
    details: (bytes: number) => `Was gesendet wurde (${bytes} Bytes)`,
    key: 'Ereignis-ID:',
  },
};
