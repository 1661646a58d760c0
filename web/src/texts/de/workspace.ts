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
    lost: 'Sie gehören nicht mehr zu diesem Arbeitsbereich. Das hier ist Ihr persönlicher.',
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
      `In diesem Arbeitsbereich erstellen ${who} Flows. Sie erscheinen hier.`,
    createFlows: (who: string) => `In diesem Arbeitsbereich können nur ${who} Flows erstellen.`,
    text: (who: string) => `In diesem Arbeitsbereich haben nur ${who} Zugriff darauf.`,
    reply: (who: string) => `In dieser Ausführung können nur ${who} antworten.`,
    transcript: (who: string) =>
      `Sie sehen, wie es um diese Ausführung steht, aber nicht, was gesagt wurde. Das sehen ${who}, und Betrachter, wenn der Arbeitsbereich es erlaubt.`,
    viewFlow: (who: string) =>
      `Nur Ansicht. In diesem Arbeitsbereich können ${who} die Flows bearbeiten.`,
  },
  invitation: {
    title: (workspace: string) => `Einladung: ${workspace}`,
    aWorkspace: 'Arbeitsbereich',
    signIn: (workspace: string, email: string) =>
      `Sie sind eingeladen: ${workspace}. Melden Sie sich als ${email} an, oder erstellen Sie ein Konto mit dieser Adresse.`,
    text: (workspace: string, email: string) =>
      `Sie sind eingeladen: ${workspace}. Sie treten als ${email} bei.`,
    otherAddress: (invited: string, email: string) =>
      `Diese Einladung gilt für ${invited}. Sie sind als ${email} angemeldet.`,
    accept: 'Beitreten',
    accepting: 'Beitritt läuft …',
    joined: (name: string) => `Sie gehören jetzt zu „${name}“`,
    missing: 'Der Link ist unvollständig. Kopieren Sie ihn ganz, oder bitten Sie um einen neuen.',
    other: 'Mit einem anderen Konto anmelden',
    skip: 'Zu Ihren Flows',
  },
};
