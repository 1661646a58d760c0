import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { type RunLocale, plainText } from '@crmflow/expressions';

/** Characters of the longest text that may be a phone number. */
const longest = 100;

/**
 * A phone number as E.164, `+493012345678`. One without a country code is one of the run's region.
 * Refused are numbers that no country has, those with an extension, which E.164 cannot keep, and
 * texts in which there is more than the number.
 *
 * The numbers that a country has are those of the pinned package. Where it is upgraded, all recorded
 * histories have to replay.
 */
export function readPhone(text: string, { region }: Pick<RunLocale, 'region'>): string | undefined {
  if (text.length > longest) return undefined;
  const typed = plainText(text).replace(/^tel:/i, '');
  const phone = parsePhoneNumberFromString(typed, {
    ...(region !== undefined && { defaultCountry: region as CountryCode }),
    extract: false,
  });
  return phone?.isValid() && !phone.ext ? phone.number : undefined;
}
