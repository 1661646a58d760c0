/** A time as an input of the kind `datetime-local` takes it, in the time zone of the browser. */
export const asLocal = (date: Date): string =>
  new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
