/**
 * What the check says, as patterns of its English and the German for it; `$1` is what a group has,
 * `{1}` the German of that. What is not here stays English, as reasons of the parser.
 */
export const checkWords: readonly (readonly [RegExp, string])[] = [
  [/^(.*) \(at character (\d+)\)$/s, '{1} (bei Zeichen $2)'],
  [/^is empty; (.*), or leave it out$/, 'ist leer: {1} oder weglassen'],
  [/^is empty; (.*)$/, 'ist leer: {1}'],

  [/^write what shall be said$/, 'schreiben, was gesagt werden soll'],
  [/^write what the model shall do$/, 'schreiben, was das Modell tun soll'],
  [
    /^write when the conversation has reached what it is for$/,
    'schreiben, wann das Gespräch sein Ziel erreicht hat',
  ],
  [
    /^name the variable that takes the collected fields$/,
    'die Variable nennen, die die gesammelten Felder aufnimmt',
  ],
  [
    /^name the variable that takes the (?:answer, because output is \w+|reply)$/,
    'die Variable nennen, die die Antwort aufnimmt',
  ],
  [/^name the variable$/, 'die Variable nennen'],
  [/^write a duration such as \S+$/, 'eine Dauer angeben'],
  [/^write an instant such as (\S+)$/, 'einen Zeitpunkt angeben, etwa $1'],
  [/^write a condition such as (.*)$/, 'eine Bedingung schreiben, etwa $1'],
  [
    /^write a pattern \(RE2\) that a reply must match$/,
    'ein Muster (RE2) angeben, dem die Antwort entsprechen muss',
  ],
  [/^write the address to call, such as (\S+)$/, 'die Adresse angeben, etwa $1'],
  [/^name the header, such as (\S+)$/, 'den Header nennen, etwa $1'],
  [/^name the query parameter, such as (\S+)$/, 'den Parameter nennen, etwa $1'],
  [/^name the service of a stored key$/, 'den Dienst eines gespeicherten Schlüssels wählen'],
  [/^give the choice a value$/, 'der Auswahl einen Wert geben'],
  [/^give the choice a label$/, 'der Auswahl eine Beschriftung geben'],
  [/^choose the integration that it calls$/, 'die Integration wählen, die aufgerufen wird'],
  [/^give the model a name to call it by$/, 'dem Modell einen Namen dafür geben'],
  [/^tell the model what it is for$/, 'dem Modell sagen, wozu es dient'],
  [/^add a variable and its value$/, 'eine Variable und ihren Wert hinzufügen'],

  [
    /^The flow has no trigger; add one, it is where runs begin$/,
    'Der Flow hat keinen Auslöser: einen hinzufügen, dort beginnen Läufe',
  ],
  [
    /^"(.*)" is one trigger too many; a flow has exactly one$/s,
    '„$1“ ist ein Auslöser zu viel: Ein Flow hat genau einen',
  ],
  [
    /^"(.*)" is never reached; connect it, or remove it$/s,
    '„$1“ wird nie erreicht: verbinden oder entfernen',
  ],
  [
    /^The loop through (\d+) node\(s\) from here has no listen and no wait; .*$/,
    'Die Schleife durch $1 Knoten ab hier hat kein Zuhören und kein Warten: Ein Lauf, der lange kreist, wird beendet',
  ],
  [
    /^"(.*)" is no integration node of this flow; choose another$/s,
    '„$1“ ist keine Integration dieses Flows: eine andere wählen',
  ],
  [
    /^takes in what visitors say \((.*)\), and the model would obey it .*$/s,
    'nimmt auf, was Besucher sagen ($1), und das Modell würde darauf hören wie auf den Autor: stattdessen in den Prompt schreiben',
  ],

  [
    /^is for one answer; use converse\.collect instead$/,
    'ist für eine einzelne Antwort: stattdessen Felder sammeln lassen',
  ],
  [
    /^is a text, and the answer is wanted by a schema; leave one of them out$/,
    'ist ein Text, und die Antwort soll einem Schema folgen: eines davon weglassen',
  ],
  [
    /^has the name "(.*)" like another; choose another$/s,
    'heißt „$1“ wie ein anderes: einen anderen Namen wählen',
  ],
  [/^"(.*)" is reserved; choose another$/s, '„$1“ ist vergeben: einen anderen Namen wählen'],
  [
    /^cannot be used with a schema of the answer: .*$/,
    'vertragen sich nicht mit einem Schema der Antwort: Modelle nehmen nur eines von beiden',
  ],

  [
    /^must name its host in plain text, because a key goes along; .*$/,
    'muss den Rechner ohne Platzhalter nennen, weil ein Schlüssel mitgeht: Ein Wert darin könnte ihn überallhin führen',
  ],
  [/^"(.*)" is no HTTP header name$/s, '„$1“ ist kein Name eines HTTP-Headers'],
  [
    /^is filled by the stored key; leave it out here$/,
    'wird vom gespeicherten Schlüssel gefüllt: hier weglassen',
  ],
  [
    /^must begin with https:\/\/ or http:\/\/; values in it are percent-encoded$/,
    'muss mit https:// oder http:// beginnen; Werte darin werden kodiert',
  ],
  [/^has a line break; remove it$/, 'hat einen Zeilenumbruch: entfernen'],
  [
    /^is not sent with (\w+); leave it out or use POST$/,
    'wird mit $1 nicht gesendet: weglassen oder POST wählen',
  ],

  [/^(?:is|are) not used, because expect is \w+$/, 'bleibt bei dieser Art von Antwort ungenutzt'],
  [/^are empty; add what can be chosen$/, 'ist leer: hinzufügen, was gewählt werden kann'],
  [
    /^"(.*)" is that of another choice too; replies could not tell them apart$/s,
    '„$1“ gehört auch zu einer anderen Auswahl: Antworten könnten sie nicht unterscheiden',
  ],
  [/^are empty; add a case with a condition$/, 'ist leer: einen Fall mit Bedingung hinzufügen'],
  [/^"(.*)" is that of another case$/s, '„$1“ gehört schon zu einem anderen Fall'],
  [
    /^is no instant; write ISO 8601 such as (\S+), or an expression$/,
    'ist kein Zeitpunkt: ISO 8601 schreiben, etwa $1, oder einen Ausdruck',
  ],
  [
    /^cannot stand beside duration; leave one out$/,
    'kann nicht neben einer Dauer stehen: eines davon weglassen',
  ],
  [
    /^is not chosen; take branch, set or wait$/,
    'ist nicht gewählt: verzweigen, setzen oder warten',
  ],
  [
    /^(\w+) is not supported yet; use manual or chat$/,
    '$1 gibt es noch nicht: von Hand oder Chat wählen',
  ],
  [
    /^a condition must be true or false, but this is (.*)$/,
    'eine Bedingung muss wahr oder falsch sein, aber das ist $1',
  ],
  [
    /^"(.*)" is unknown; there are vars, input, run and messages, so a variable is (\S+)$/s,
    '„$1“ ist unbekannt: Es gibt vars, input, run und messages, eine Variable ist also $2',
  ],

  [
    /^must be one of (.*), or that and "null"$/,
    'muss eines von $1 sein, oder eines davon und „null“',
  ],
  [
    /^is not supported by models for (\w+); leave it out$/,
    'kennen Modelle bei $1 nicht: weglassen',
  ],
  [/^must name what the object has$/, 'muss nennen, was das Objekt hat'],
  [
    /^must be object: name each value as one of its properties$/,
    'muss object sein: jeden Wert als eine seiner Eigenschaften nennen',
  ],
  [
    /^cannot stand beside anyOf; put it into its schemas$/,
    'kann nicht neben anyOf stehen: in dessen Schemas schreiben',
  ],
  [/^must be a list of schemas$/, 'muss eine Liste von Schemas sein'],
  [/^must be a schema, such as (.*)$/, 'muss ein Schema sein, etwa $1'],
  [/^is nested deeper than (\d+) levels$/, 'ist tiefer als $1 Ebenen geschachtelt'],
  [/^must be true or false$/, 'muss wahr oder falsch sein'],
  [/^must be a text$/, 'muss ein Text sein'],
  [/^must be a number$/, 'muss eine Zahl sein'],
  [/^must be a whole number$/, 'muss eine ganze Zahl sein'],
  [/^must be a list of texts$/, 'muss eine Liste von Texten sein'],
  [/^must be a list of names$/, 'muss eine Liste von Namen sein'],
  [/^can only be (.*)$/, 'kann nur $1 sein'],
  [/^names "(.*)", which is none of the properties$/s, 'nennt „$1“, das keine Eigenschaft ist'],
];
