import { type DateStyle, formatDate, formatNumber, formatTime } from '../../locale/format.js';
import { type Budget, chargeText } from '../budget.js';
import { failed } from '../code.js';
import { epochMs, parseTimestamp } from '../instants.js';
import { toJson } from '../to-json.js';
import { Timestamp, type Value } from '../values.js';
import { form, type FunctionTable, type Overload } from './overload.js';
import { localMs, timestampIn } from './time.js';

const mostPlaces = 20n;

function numberIn(budget: Budget, value: bigint | number, places?: bigint): string {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw failed(`${value} is not a number that can be written`);
  }
  if (places !== undefined && (places < 0n || places > mostPlaces)) {
    throw failed(`formatNumber() takes 0 to ${mostPlaces} decimal places, not ${places}`);
  }
  return formatNumber(value, budget.locale, places === undefined ? undefined : Number(places));
}

function styleOf(text: string): DateStyle {
  if (text === 'short' || text === 'long') return text;
  throw failed('formatDate() takes "short" or "long" as its second argument');
}

/** A moment as clocks of the run's zone show it; a date alone is the same in every zone. */
function shownAt(budget: Budget, moment: Timestamp | string): number {
  const zone = budget.locale.timezone;
  if (moment instanceof Timestamp) return localMs(moment, zone);
  chargeText(budget, moment.length);
  const isDay = /^\d{4}-\d\d-\d\d$/.test(moment);
  const day = isDay ? parseTimestamp(moment) : undefined;
  return day ? epochMs(day) : localMs(timestampIn(moment, zone), zone);
}

/** Forms for a timestamp and for the text of one, which is what variables keep. */
function ofMoment(write: (budget: Budget, local: number) => string): Overload[] {
  const run = (budget: Budget, moment: Timestamp | string) =>
    write(budget, shownAt(budget, moment));
  return [form(['timestamp'], 'string', run), form(['string'], 'string', run)];
}

const styled = (budget: Budget, moment: Timestamp | string, style: string) =>
  formatDate(shownAt(budget, moment), budget.locale, styleOf(style));

/** A value as it stands in JSON, a text with its quotation marks. */
function asJson(budget: Budget, value: Value): string {
  const text = JSON.stringify(toJson(value, budget));
  chargeText(budget, text.length);
  return text;
}

/** Values as they are written within other texts, where a template cannot know what it stands in. */
export const encodingFunctions: FunctionTable = {
  toJson: [form(['dyn'], 'string', asJson)],
  urlEncode: [
    form(['string'], 'string', (budget, text) => {
      chargeText(budget, 3 * text.length);
      return encodeURIComponent(text.toWellFormed());
    }),
  ],
};

/** How numbers and dates are said to a customer: in the locale and the time zone of the run. */
export const formatFunctions: FunctionTable = {
  formatNumber: [form(['number'], 'string', numberIn), form(['number', 'int'], 'string', numberIn)],
  formatDate: [
    ...ofMoment((budget, local) => formatDate(local, budget.locale, 'short')),
    form(['timestamp', 'string'], 'string', styled),
    form(['string', 'string'], 'string', styled),
  ],
  formatTime: ofMoment((budget, local) => formatTime(local, budget.locale)),
};
