import type { ErrorTexts, FieldErrorTexts } from '../error-text.js';

/** What an error of the API or of a run says, by its code; `#` is the server's own, in English. */
export const errors: ErrorTexts = {
  bad_request: 'Die Anfrage konnte nicht gelesen werden. (#)',
  invalid: 'Einige Eingaben sind ungültig. Prüfen Sie sie. (#)',
  unauthenticated: 'Melden Sie sich an, um fortzufahren.',
  bad_credentials: 'E-Mail-Adresse oder Passwort ist falsch.',
  foreign_origin: 'Anfragen von dieser Adresse sind nicht erlaubt. (#)',
  forbidden:
    'Ihre Rolle in diesem Arbeitsbereich erlaubt das nicht. Wenden Sie sich an einen Inhaber.',
  registration_closed: 'Auf diesem Server können keine neuen Konten erstellt werden.',
  invitation_required: 'Neue Konten gibt es auf diesem Server nur mit Einladung.',
  invitation_invalid:
    'Die Einladung ist abgelaufen oder wurde schon verwendet. Bitten Sie um eine neue.',
  password_wrong: 'Das Passwort ist falsch. Geben Sie Ihr aktuelles Passwort ein.',
  not_found: 'Nicht gefunden. Es wurde vielleicht gelöscht, oder Sie haben keinen Zugriff.',
  method_not_allowed: 'Das ist hier nicht möglich. (#)',
  request_timeout: 'Die Anfrage kam nicht rechtzeitig an. Versuchen Sie es noch einmal.',
  email_taken: 'Für diese E-Mail-Adresse gibt es bereits ein Konto.',
  already_member: 'Diese Person gehört schon zum Arbeitsbereich.',
  last_owner:
    'Ein Arbeitsbereich braucht einen Inhaber. Machen Sie zuerst jemand anderen zum Inhaber.',
  personal_workspace: 'Das geht mit einem persönlichen Arbeitsbereich nicht. (#)',
  stale_revision: 'Der Flow wurde inzwischen geändert. Laden Sie ihn neu.',
  run_finished: 'Diese Ausführung ist beendet.',
  not_paused: 'Die Ausführung ist nicht pausiert.',
  not_paused_there: 'Die Ausführung ist an einem anderen Knoten pausiert.',
  not_step_mode: 'Die Ausführung läuft nicht schrittweise.',
  run_not_failed: 'Nur fehlgeschlagene Ausführungen lassen sich wiederholen.',
  not_waiting: 'Die Ausführung wartet nicht auf eine Antwort.',
  request_id_reused:
    'Diese Anfrage wurde schon für etwas anderes verwendet. Versuchen Sie es erneut.',
  too_large: 'Die Anfrage ist zu groß. (#)',
  message_too_large: 'Die Nachricht ist zu lang. Kürzen Sie sie.',
  unsupported_media_type: 'Dieses Format wird nicht unterstützt. (#)',
  foreign_host: 'Der Server ist unter dieser Adresse nicht eingerichtet. (#)',
  flow_invalid: 'Der Flow enthält Fehler. Beheben Sie sie und versuchen Sie es erneut.',
  no_version: 'Diese Version gibt es nicht.',
  node_unreached: 'Die Ausführung hat diesen Knoten nicht erreicht.',
  node_missing: 'Diesen Knoten gibt es in der gewählten Version nicht.',
  token_invalid: 'Der Link ist abgelaufen oder wurde schon verwendet. Fordern Sie einen neuen an.',
  name_taken: 'Eine andere Ansicht hat diesen Namen. Wählen Sie einen anderen.',
  shortcut_taken: 'Ein anderer Textbaustein hat dieses Kürzel. Wählen Sie ein anderes.',
  already_taken: 'Jemand anderes hat diese Konversation inzwischen übernommen.',
  not_in_control: 'Sie haben diese Konversation nicht. Übernehmen Sie sie zuerst.',
  signature_invalid: 'Die Signatur stimmt nicht. (#)',
  idempotency_conflict: 'Unter diesem Schlüssel kam schon ein anderer Inhalt. (#)',
  endpoint_disabled: 'Der Endpunkt ist deaktiviert. Aktivieren Sie ihn zuerst.',
  callback_used: 'Diese Adresse wurde schon mit anderem Inhalt aufgerufen. Sie gilt nur einmal.',
  callback_over: 'Diese Adresse ist nicht mehr gültig.',
  delivery_incomplete: 'Von dieser Zustellung ist nicht genug gespeichert.',
  slug_taken: 'Ein anderer Kanal hat diese Adresse. Wählen Sie eine andere.',
  deployments_full:
    'Dieser Flow hat die maximale Zahl an Kanälen erreicht. Löschen Sie einige. (#)',
  not_a_pdf: 'Diese Datei ist kein PDF.',
  flows_full: 'Sie haben die maximale Zahl an Flows erreicht. Löschen Sie einige. (#)',
  flow_storage_full:
    'Ihre Flows und deren Versionen brauchen zu viel Platz. Löschen Sie Flows, die Sie nicht mehr brauchen. (#)',
  versions_full:
    'Der Flow hat die maximale Zahl an Versionen erreicht. Duplizieren Sie ihn, und arbeiten Sie mit der Kopie weiter. (#)',
  tests_full: 'Der Flow hat so viele Tests, wie er haben darf. Löschen Sie einige. (#)',
  proof_stopped: 'Der Flow braucht zum Testen zu viel Zeit oder Speicher.',
  tests_failed: 'Tests, die zum Veröffentlichen nötig sind, schlagen fehl.',
  workspaces_full:
    'Sie haben die maximale Zahl an Arbeitsbereichen erreicht. Löschen Sie einen. (#)',
  members_full: 'Der Arbeitsbereich hat die maximale Zahl an Mitgliedern erreicht. (#)',
  tokens_full:
    'Der Arbeitsbereich hat die maximale Zahl an API-Tokens erreicht. Widerrufen Sie eines. (#)',
  endpoints_full:
    'Der Arbeitsbereich hat die maximale Zahl an Endpunkten erreicht. Löschen Sie einen. (#)',
  views_full:
    'Sie haben die maximale Zahl an gespeicherten Ansichten erreicht. Löschen Sie einige. (#)',
  canned_replies_full:
    'Der Arbeitsbereich hat die maximale Zahl an Textbausteinen erreicht. Löschen Sie einige. (#)',
  notes_full: 'Die Konversation hat die maximale Zahl an internen Notizen erreicht. (#)',
  keys_full: 'Sie haben die maximale Zahl an Schlüsseln erreicht. Löschen Sie einige. (#)',
  open_runs_full: 'Zu viele Ihrer Ausführungen sind aktiv. Brechen Sie einige ab. (#)',
  logs_full:
    'Die Protokolle Ihrer Ausführungen brauchen zu viel Platz. Löschen Sie Flows, deren Ausführungen Sie nicht mehr brauchen. (#)',
  installation_full:
    'Diese Installation hat keinen Platz mehr. Wenden Sie sich an den Administrator.',
  knowledge_full: 'Ihr Wissen ist voll. Löschen Sie Quellen, um Platz zu schaffen. (#)',
  proof_required: 'Der Browser muss zuerst eine Rechenaufgabe lösen. (#)',
  rate_limited: 'Zu viele Anfragen. Versuchen Sie es gleich noch einmal.',
  too_many_connections: 'Zu viele offene Verbindungen. Schließen Sie einige Fenster.',
  queue_full: 'Zu viele Nachrichten warten. Versuchen Sie es gleich noch einmal.',
  internal: 'Auf dem Server ist ein Fehler aufgetreten. Versuchen Sie es noch einmal.',
  temporal_unavailable: 'Temporal ist nicht erreichbar. Versuchen Sie es gleich noch einmal.',
  database_unavailable: 'Die Datenbank ist nicht erreichbar. Versuchen Sie es gleich noch einmal.',

  expression_invalid: 'Ein Ausdruck ist ungültig. (#)',
  expression_failed: 'Ein Ausdruck konnte nicht ausgewertet werden. (#)',
  expression_too_large: 'Ein Ausdruck ist zu lang. (#)',
  expression_too_costly: 'Ein Ausdruck ist zu aufwendig. (#)',
  header_invalid: 'Der Wert eines Headers ist ungültig. (#)',
  status_invalid: 'Der Status einer Antwort ist ungültig. (#)',
  pattern_invalid: 'Ein Muster ist ungültig. (#)',
  value_too_large: 'Ein Wert ist zu groß. (#)',
  variables_too_large: 'Die Variablen sind zusammen zu groß. (#)',
  wait_invalid: 'Der Zeitpunkt einer Wartezeit ist ungültig. (#)',
  contact_invalid: 'Der Kontakt kann so nicht gespeichert werden. (#)',
  invalid_reply: 'Die Antwort passt nicht zur Frage. (#)',
  no_reply: 'Es kam rechtzeitig keine Antwort.',
  turn_limit_reached: 'Das Ziel wurde mit der maximalen Zahl an Antworten nicht erreicht.',
  step_budget_exceeded: 'Endlosschleife erkannt. Fügen Sie in der Schleife eine Eingabe ein. (#)',
  log_budget_exceeded:
    'Die Ausführung hat ohne Antwort zu viel geschrieben. Fügen Sie in der Schleife eine Eingabe ein. (#)',
  run_log_full: 'Das Protokoll der Ausführung ist voll. Starten Sie eine neue Ausführung. (#)',
  internal_node_error: 'Im Knoten ist ein interner Fehler aufgetreten.',
  run_terminated: 'Die Ausführung wurde von außen beendet.',
  egress_refused: 'Diese Adresse ist nicht erlaubt. (#)',
  http_status: 'Der Dienst hat einen Fehler gemeldet. (#)',
  http_timeout: 'Der Dienst hat nicht rechtzeitig geantwortet. (#)',
  http_too_large: 'Die Antwort des Dienstes ist zu groß. (#)',
  http_failed: 'Der Dienst ist nicht erreichbar. (#)',
  http_redirects: 'Der Dienst leitet zu oft weiter. (#)',
  pdf_encrypted: 'Das PDF ist mit einem Passwort geschützt.',
  pdf_broken: 'Das PDF ist beschädigt.',
  pdf_too_heavy: 'Das PDF ist zu umfangreich. (#)',
  no_text: 'Es wurde kein Text gefunden.',
  text_too_long: 'Der Text ist zu lang. (#)',
  page_not_html: 'Unter dieser Adresse gibt es keine Webseite.',
  page_unreadable:
    'Die Seite kann nicht gelesen werden. Der Zeichensatz ist unbekannt, oder die Seite ist zu umfangreich.',
  robots_refused: 'Die Website erlaubt das Lesen dieser Seite nicht (robots.txt).',
  key_missing: 'Diesen Schlüssel gibt es nicht. Fügen Sie ihn in den Einstellungen hinzu.',
  key_unreadable:
    'Der Schlüssel konnte nicht entschlüsselt werden. Speichern Sie ihn in den Einstellungen erneut.',
  key_host_refused: 'Der Schlüssel ist für diesen Host nicht erlaubt. (#)',
  key_needs_https: 'Schlüssel werden nur über https gesendet.',
  key_redirected:
    'Der Dienst leitet auf einen anderen Host weiter; der Schlüssel wurde nicht gesendet.',
  ai_key_missing:
    'Für das KI-Modell fehlt ein Schlüssel. Fügen Sie ihn in den Einstellungen hinzu.',
  ai_key_invalid: 'Der Anbieter hat den Schlüssel für das KI-Modell abgelehnt.',
  ai_model_not_allowed:
    'Dieses Modell ist für den Schlüssel der Installation nicht freigegeben. Wählen Sie ein anderes, oder hinterlegen Sie einen eigenen Schlüssel. (#)',
  ai_budget_exceeded:
    'Das KI-Kontingent für heute ist aufgebraucht. Es geht um 00:00 UTC weiter, oder sofort mit einem eigenen Schlüssel. (#)',
  ai_deployment_budget_exceeded:
    'Das KI-Kontingent dieser Chat-Seite ist für heute aufgebraucht. Es geht um 00:00 UTC weiter. (#)',
  ai_blocked: 'Das KI-Modell hat die Antwort verweigert.',
  ai_bad_request: 'Das KI-Modell hat die Anfrage abgelehnt. (#)',
  ai_rate_limited: 'Das KI-Modell ist überlastet. Versuchen Sie es gleich noch einmal.',
  ai_unavailable: 'Das KI-Modell ist nicht erreichbar. (#)',
  ai_interrupted: 'Die Antwort des KI-Modells wurde unterbrochen.',
  ai_schema_mismatch: 'Die Antwort des KI-Modells passt nicht zum Schema. (#)',
  ai_empty: 'Das KI-Modell hat keinen Text geliefert.',
  ai_flow_invalid:
    'Das KI-Modell hat keinen gültigen Flow geliefert. Versuchen Sie es noch einmal.',
};

/** What is wrong with a field of a form, by its name; `#` as above. */
export const fieldErrors: FieldErrorTexts = {
  email: 'Geben Sie eine gültige E-Mail-Adresse ein, zum Beispiel ada@example.com',
  password: 'Verwenden Sie mindestens 8 Zeichen',
  newPassword: 'Verwenden Sie mindestens 8 Zeichen',
  locale: 'Geben Sie ein Sprachkürzel wie de oder pt-BR ein',
  url: 'Geben Sie eine URL ein, die mit https:// oder http:// beginnt',
  hosts: 'Geben Sie pro Zeile einen Host ein, zum Beispiel api.example.com',
  domains: 'Geben Sie pro Zeile eine Domain ohne Pfad ein, zum Beispiel example.com',
  colour: 'Geben Sie eine Farbe wie #3355ff ein',
  avatarUrl: 'Geben Sie eine Adresse ein, die mit https:// beginnt',
  slug: 'Verwenden Sie 3 bis 60 Kleinbuchstaben, Ziffern und Bindestriche',
  timezone: 'Geben Sie eine Zeitzone wie Europe/Berlin ein',
  other: 'Prüfen Sie diese Eingabe: #',
};
