/** Signing in and mailed links. */
export const session = {
  signIn: {
    logIn: 'Anmelden',
    register: 'Konto anlegen',
    toRegister: 'Neu hier?',
    toLogIn: 'Schon ein Konto?',
    name: 'Name',
    optional: 'freiwillig',
    email: 'E-Mail-Adresse',
    password: 'Passwort',
    passwordHint: 'Mindestens 8 Zeichen',
    show: 'Passwort zeigen',
    hide: 'Passwort verbergen',
    loggingIn: 'Anmeldung läuft …',
    registering: 'Konto wird angelegt …',
    badCredentials: 'Die E-Mail-Adresse oder das Passwort stimmt nicht.',
    emailTaken: 'Zu dieser Adresse gibt es schon ein Konto. Bitte damit anmelden.',
    emailMissing: 'Bitte die E-Mail-Adresse eintragen',
    passwordMissing: 'Bitte das Passwort eintragen',
    sessionEnded:
      'Die Sitzung ist abgelaufen. Nach dem Anmelden geht es weiter; nichts Geschriebenes geht verloren.',
  },
  mailedLinks: {
    forgotten: 'Passwort vergessen?',
    resetTitle: 'Neues Passwort setzen',
    newPassword: 'Neues Passwort',
    sendLink: 'Link per E-Mail senden',
    setPassword: 'Passwort setzen',
    mailed:
      'Wenn es zu dieser Adresse ein Konto gibt, ist eine E-Mail unterwegs. Der Link gilt eine Stunde.',
    passwordSet: 'Das neue Passwort ist gesetzt. Die Anmeldung geht jetzt damit.',
    verifyTitle: 'Die E-Mail-Adresse',
    verified: 'Sie ist bestätigt. Danke.',
    goOn: 'Weiter',
  },
};
