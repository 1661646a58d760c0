/** The workspace that a page shows, and what one may do in it. */
export const workspace = {
  workspaces: {
    menu: (name: string) => `Arbeitsbereich: ${name}`,
    create: 'Neuer Arbeitsbereich …',
    createTitle: 'Neuer Arbeitsbereich',
    createText:
      'Ein Arbeitsbereich hat eigene Flows, Ausführungen, Schlüssel und eigenes Wissen. Sie können andere dazu einladen.',
    name: 'Name',
    submit: 'Arbeitsbereich erstellen',
    created: (name: string) => `„${name}“ wurde erstellt`,
    settings: 'Einstellungen des Arbeitsbereichs',
    lost: 'Sie sind nicht mehr Mitglied dieses Arbeitsbereichs. Hier sehen Sie Ihren persönlichen.',
  },
  roles: {
    owner: 'Inhaber',
    editor: 'Bearbeiter',
    operator: 'Mitarbeiter',
    viewer: 'Betrachter',
  },
  rolesMany: {
    owner: 'Inhaber',
    editor: 'Bearbeiter',
    operator: 'Mitarbeiter',
    viewer: 'Betrachter',
  },
  rights: {
    noFlows: 'Noch keine Flows',
    noFlowsText: (who: string) =>
      `Hier erscheinen die Flows, die ${who} in diesem Arbeitsbereich erstellen.`,
    createFlows: (who: string) => `In diesem Arbeitsbereich können nur ${who} Flows erstellen.`,
    text: (who: string) => `Das können nur ${who} dieses Arbeitsbereichs sehen.`,
    reply: (who: string) => `In dieser Ausführung können nur ${who} antworten.`,
    transcript: (who: string) =>
      `Sie sehen, wie es um diese Ausführung steht, aber nicht, was gesagt wurde. Das können nur ${who} lesen, und Betrachter, wenn der Arbeitsbereich es erlaubt.`,
    viewFlow: (who: string) =>
      `Nur Ansicht. In diesem Arbeitsbereich können nur ${who} Flows bearbeiten.`,
  },
  invitation: {
    title: (workspace: string) => `Einladung zu ${workspace}`,
    aWorkspace: 'einem Arbeitsbereich',
    signIn: (workspace: string, email: string) =>
      `Sie wurden zu ${workspace} eingeladen. Melden Sie sich als ${email} an oder erstellen Sie ein Konto mit dieser Adresse.`,
    text: (workspace: string, email: string) =>
      `Sie wurden zu ${workspace} eingeladen. Sie treten als ${email} bei.`,
    otherAddress: (invited: string, email: string) =>
      `Diese Einladung gilt für ${invited}. Sie sind als ${email} angemeldet.`,
    accept: 'Beitreten',
    accepting: 'Beitritt läuft …',
    joined: (name: string) => `Sie sind „${name}“ beigetreten`,
    missing:
      'Der Link ist unvollständig. Kopieren Sie ihn vollständig oder bitten Sie um einen neuen.',
    other: 'Mit einem anderen Konto anmelden',
    skip: 'Zu Ihren Flows',
  },
};
