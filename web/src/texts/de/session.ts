/** Signing in and mailed links. */
export const session = {
  signIn: {
    logIn: 'Anmelden',
    register: 'Konto erstellen',
    toRegister: 'Neu hier?',
    toLogIn: 'Sie haben schon ein Konto?',
    name: 'Name',
    optional: 'optional',
    email: 'E-Mail-Adresse',
    password: 'Passwort',
    passwordHint: 'Mindestens 8 Zeichen',
    show: 'Passwort anzeigen',
    hide: 'Passwort verbergen',
    loggingIn: 'Anmeldung läuft …',
    registering: 'Ihr Konto wird erstellt …',
    badCredentials: 'E-Mail-Adresse oder Passwort ist falsch.',
    emailTaken: 'Für diese E-Mail-Adresse gibt es bereits ein Konto. Melden Sie sich damit an.',
    emailMissing: 'Geben Sie Ihre E-Mail-Adresse ein',
    passwordMissing: 'Geben Sie Ihr Passwort ein',
    sessionEnded:
      'Ihre Sitzung ist abgelaufen. Melden Sie sich an, um fortzufahren. Ihre Eingaben gehen nicht verloren.',
  },
  mailedLinks: {
    forgotten: 'Passwort vergessen?',
    resetTitle: 'Neues Passwort festlegen',
    newPassword: 'Neues Passwort',
    sendLink: 'Link per E-Mail senden',
    setPassword: 'Passwort festlegen',
    mailed:
      'Falls es zu dieser Adresse ein Konto gibt, haben wir Ihnen einen Link gesendet. Er ist eine Stunde lang gültig.',
    passwordSet: 'Ihr neues Passwort ist festgelegt. Sie können sich jetzt anmelden.',
    verifyTitle: 'E-Mail-Bestätigung',
    verified: 'Ihre E-Mail-Adresse ist bestätigt. Vielen Dank.',
    goOn: 'Weiter',
  },
};
