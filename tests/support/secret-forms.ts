const percent = (text: string, digits: (hex: string) => string) =>
  Array.from(Buffer.from(text), (byte) => `%${digits(byte.toString(16).padStart(2, '0'))}`).join(
    '',
  );

/** What base64 of any text that has the secret in it surely has in it. */
function base64Cores(secret: string): string[] {
  return ['', 'x', 'xx'].flatMap((before) => {
    const text = Buffer.from(before + secret);
    const from = Math.ceil((before.length * 8) / 6);
    const to = Math.floor((text.length * 8) / 6);
    return [text.toString('base64').slice(from, to), text.toString('base64url').slice(from, to)];
  });
}

/** The forms in which a secret could have got out. */
export function secretForms(secret: string): string[] {
  const forms = [
    secret,
    encodeURIComponent(secret),
    new URLSearchParams({ s: secret }).toString().slice(2),
    percent(secret, (hex) => hex),
    percent(secret, (hex) => hex.toUpperCase()),
    JSON.stringify(secret).slice(1, -1),
    Buffer.from(secret).toString('hex'),
    ...base64Cores(secret),
  ];
  return [...new Set(forms)];
}
