import type { DataOf, Expectation } from '@crmflow/contracts';
import { formatDate, formatNumber, type RunLocale } from '@crmflow/expressions';

/** No reply is asked for again where none is expected. */
type Asked = Exclude<Expectation, 'callback'>;
type Hint = { [K in Asked]: string } & { over: string };

/** `{example}` is a value as the customer's locale writes it, `{choices}` the labels of all. */
const hints: Record<string, Hint> = {
  en: {
    any: 'Please write your answer.',
    choice: 'Please choose one of these: {choices}.',
    number: 'Please answer with a number, such as {example}.',
    email: 'Please answer with an email address, such as name@example.com.',
    phone: 'Please answer with a phone number and its country code, such as +44 20 7946 0018.',
    date: 'Please answer with a date, such as {example}.',
    pattern: 'That does not have the form that is needed here. Please check your answer.',
    over: 'Sorry, I could not read that. This conversation ends here.',
  },
  de: {
    any: 'Bitte eine Antwort schreiben.',
    choice: 'Bitte eine dieser Antworten wählen: {choices}.',
    number: 'Bitte mit einer Zahl antworten, zum Beispiel {example}.',
    email: 'Bitte mit einer Mailadresse antworten, zum Beispiel name@example.com.',
    phone:
      'Bitte mit einer Telefonnummer samt Ländervorwahl antworten, zum Beispiel +49 30 901820.',
    date: 'Bitte mit einem Datum antworten, zum Beispiel {example}.',
    pattern: 'Das hat nicht die Form, die hier gebraucht wird. Bitte die Antwort prüfen.',
    over: 'Das konnte ich leider nicht lesen. Die Konversation endet hier.',
  },
  fr: {
    any: 'Veuillez écrire votre réponse.',
    choice: 'Veuillez choisir parmi : {choices}.',
    number: 'Veuillez répondre par un nombre, par exemple {example}.',
    email: 'Veuillez indiquer une adresse email, par exemple nom@example.com.',
    phone:
      'Veuillez indiquer un numéro de téléphone avec l’indicatif, par exemple +33 1 99 00 12 34.',
    date: 'Veuillez indiquer une date, par exemple {example}.',
    pattern: 'La réponse n’a pas la forme attendue. Veuillez la vérifier.',
    over: 'Désolé, je n’ai pas pu lire votre réponse. La conversation se termine ici.',
  },
  es: {
    any: 'Escribe tu respuesta, por favor.',
    choice: 'Elige una de estas opciones: {choices}.',
    number: 'Responde con un número, por ejemplo {example}.',
    email: 'Responde con una dirección de correo, por ejemplo nombre@example.com.',
    phone: 'Responde con un número de teléfono con prefijo de país, por ejemplo +34 910 12 34 56.',
    date: 'Responde con una fecha, por ejemplo {example}.',
    pattern: 'La respuesta no tiene la forma que se necesita. Revísala, por favor.',
    over: 'Lo siento, no he podido leer tu respuesta. La conversación termina aquí.',
  },
  it: {
    any: 'Scrivi la tua risposta, per favore.',
    choice: 'Scegli una di queste risposte: {choices}.',
    number: 'Rispondi con un numero, per esempio {example}.',
    email: 'Rispondi con un indirizzo email, per esempio nome@example.com.',
    phone:
      'Rispondi con un numero di telefono con prefisso internazionale, per esempio +39 06 698 1234.',
    date: 'Rispondi con una data, per esempio {example}.',
    pattern: 'La risposta non ha la forma richiesta. Controllala, per favore.',
    over: 'Mi dispiace, non ho potuto leggere la risposta. La conversazione finisce qui.',
  },
  nl: {
    any: 'Schrijf je antwoord, alsjeblieft.',
    choice: 'Kies een van deze antwoorden: {choices}.',
    number: 'Antwoord met een getal, bijvoorbeeld {example}.',
    email: 'Antwoord met een e-mailadres, bijvoorbeeld naam@example.com.',
    phone: 'Antwoord met een telefoonnummer met landnummer, bijvoorbeeld +31 20 123 4567.',
    date: 'Antwoord met een datum, bijvoorbeeld {example}.',
    pattern: 'Dat heeft niet de vorm die hier nodig is. Controleer je antwoord.',
    over: 'Dat kon ik helaas niet lezen. Het gesprek eindigt hier.',
  },
  pt: {
    any: 'Escreva a sua resposta, por favor.',
    choice: 'Escolha uma destas respostas: {choices}.',
    number: 'Responda com um número, por exemplo {example}.',
    email: 'Responda com um endereço de email, por exemplo nome@example.com.',
    phone: 'Responda com um número de telefone com o código do país, por exemplo +351 21 123 4567.',
    date: 'Responda com uma data, por exemplo {example}.',
    pattern: 'A resposta não tem a forma necessária. Verifique-a, por favor.',
    over: 'Lamento, não consegui ler a resposta. A conversa termina aqui.',
  },
  pl: {
    any: 'Proszę napisać odpowiedź.',
    choice: 'Proszę wybrać jedną z odpowiedzi: {choices}.',
    number: 'Proszę podać liczbę, na przykład {example}.',
    email: 'Proszę podać adres email, na przykład nazwa@example.com.',
    phone: 'Proszę podać numer telefonu z kierunkowym kraju, na przykład +48 22 123 45 67.',
    date: 'Proszę podać datę, na przykład {example}.',
    pattern: 'Odpowiedź nie ma wymaganej postaci. Proszę ją sprawdzić.',
    over: 'Niestety nie udało się odczytać odpowiedzi. Rozmowa kończy się tutaj.',
  },
  cs: {
    any: 'Napište prosím svou odpověď.',
    choice: 'Vyberte prosím jednu z odpovědí: {choices}.',
    number: 'Odpovězte prosím číslem, například {example}.',
    email: 'Uveďte prosím e-mailovou adresu, například jmeno@example.com.',
    phone: 'Uveďte prosím telefonní číslo s předvolbou země, například +420 221 123 456.',
    date: 'Uveďte prosím datum, například {example}.',
    pattern: 'Odpověď nemá potřebný tvar. Zkontrolujte ji prosím.',
    over: 'Omlouvám se, odpověď se nepodařilo přečíst. Konverzace zde končí.',
  },
};

const exampleDay = Date.UTC(2027, 11, 31);

function exampleOf(expect: Expectation, locale: RunLocale): string {
  return expect === 'date' ? formatDate(exampleDay, locale, 'short') : formatNumber(12.5, locale);
}

function hintsOf({ tag }: RunLocale): Hint {
  const [language = 'en'] = tag.split('-');
  return hints[language] ?? (hints['en'] as Hint);
}

/**
 * Asks again for what a listen node expects, in the customer's language, or in English if there is
 * no text in that language. The result is not a template: it is said as it is.
 */
export function askAgain({ expect, choices = [] }: DataOf<'listen'>, locale: RunLocale): string {
  if (expect === 'callback') return '';
  const { [expect]: hint } = hintsOf(locale);
  return hint
    .replace('{example}', () => exampleOf(expect, locale))
    .replace('{choices}', () => choices.map(({ label }) => label).join(', '));
}

/** Says that a run ends since no reply could be read. */
export function sayOver(locale: RunLocale): string {
  return hintsOf(locale).over;
}
