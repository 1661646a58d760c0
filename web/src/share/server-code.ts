/** The languages in which there is an example, with their names for people. */
export const serverLanguages = { node: 'Node.js', php: 'PHP', python: 'Python' } as const;

/** A language in which there is an example. */
export type ServerLanguage = keyof typeof serverLanguages;

/**
 * How a server signs who its customer is: a JWT of ten minutes by HMAC-SHA-256, which all of these
 * languages have without a library.
 */
export const serverCode: Record<ServerLanguage, string> = {
  node: `import { createHmac } from 'node:crypto';

const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

export function tokenFor(customer) {
  const payload = {
    sub: String(customer.id),
    name: customer.name,
    email: customer.email,
    exp: Math.floor(Date.now() / 1000) + 600,
  };
  const signed = part({ alg: 'HS256', typ: 'JWT' }) + '.' + part(payload);
  const signature = createHmac('sha256', process.env.CRMFLOW_SECRET)
    .update(signed)
    .digest('base64url');
  return signed + '.' + signature;
}`,
  php: `<?php

function crmflow_part(string $bytes): string
{
    return rtrim(strtr(base64_encode($bytes), '+/', '-_'), '=');
}

function crmflow_token(array $customer): string
{
    $payload = [
        'sub' => (string) $customer['id'],
        'name' => $customer['name'],
        'email' => $customer['email'],
        'exp' => time() + 600,
    ];
    $signed = crmflow_part(json_encode(['alg' => 'HS256', 'typ' => 'JWT']))
        . '.' . crmflow_part(json_encode($payload));
    $signature = hash_hmac('sha256', $signed, getenv('CRMFLOW_SECRET'), true);
    return $signed . '.' . crmflow_part($signature);
}`,
  python: `import base64, hashlib, hmac, json, os, time


def part(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def token_for(customer: dict) -> str:
    header = {"alg": "HS256", "typ": "JWT"}
    payload = {
        "sub": str(customer["id"]),
        "name": customer["name"],
        "email": customer["email"],
        "exp": int(time.time()) + 600,
    }
    signed = ".".join(part(json.dumps(one).encode()) for one in (header, payload))
    secret = os.environ["CRMFLOW_SECRET"].encode()
    signature = hmac.new(secret, signed.encode(), hashlib.sha256).digest()
    return signed + "." + part(signature)`,
};
