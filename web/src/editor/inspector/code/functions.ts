/** A function or macro that expressions know, as completion offers it. */
export type KnownFunction = {
  name: string;
  /** Its arguments as one reads them; a method's receiver is left out. */
  args: string;
  /** Called on a value, such as `vars.name.size()`. */
  isMethod: boolean;
};

const read = (isMethod: boolean, list: string): KnownFunction[] =>
  list
    .trim()
    .split(/\)\s*/)
    .filter(Boolean)
    .map((one) => {
      const [name = '', args = ''] = one.split('(');
      return { name, args, isMethod };
    });

const functions = `
  has(vars.name) size(value) string(value) int(value) double(value) bool(value) matches(text, pattern)
  timestamp(text, zone) duration(text) math.round(number) math.floor(number) math.ceil(number)
  math.trunc(number) math.abs(number) math.least(a, b) math.greatest(a, b) type(value) dyn(value)
  formatNumber(number) formatDate(date, style) formatTime(time) toJson(value) urlEncode(text) callbackUrl(name) cel.bind(name, value, expression)
`;

const methods = `
  size() contains(text) startsWith(text) endsWith(text) matches(pattern) lower() upper() trim()
  split(separator) join(separator) replace(from, to) substring(start, end) charAt(position)
  indexOf(text) lastIndexOf(text) reverse() lowerAscii() upperAscii() slice(start, end)
  all(x, condition) exists(x, condition) exists_one(x, condition) existsOne(x, condition)
  filter(x, condition) map(x, result) getFullYear() getMonth() getDate() getDayOfMonth()
  getDayOfWeek() getDayOfYear() getHours(zone) addDays(days) addMonths(months) getMinutes() getSeconds() getMilliseconds()
`;

/** All functions and macros, the ones that are used most first; a test holds them to the compiler. */
export const knownFunctions: readonly KnownFunction[] = [
  ...read(false, functions),
  ...read(true, methods),
];
