import { fieldErrors, type VisitorClaims, visitorClaimsSchema } from '@crmflow/contracts';
import { errors as joseErrors, jwtVerify } from 'jose';
import { AppError } from '../errors/app-error.js';
import { storableFaults } from '../http/storable-body.js';

/** A site vouches for a visitor for an hour at most: a stolen signature is soon worth nothing. */
const longestSeconds = 3_600;
const toleranceSeconds = 60;

const refused = (detail: string, cause?: unknown) =>
  new AppError('identity_invalid', detail, { cause });

async function verify(identity: string, secret: string): Promise<unknown> {
  const { payload } = await jwtVerify(identity, new TextEncoder().encode(secret), {
    algorithms: ['HS256'],
    requiredClaims: ['sub', 'exp'],
    clockTolerance: toleranceSeconds,
  });
  return payload;
}

async function verifyByAny(identity: string, secrets: readonly string[]): Promise<unknown> {
  let failure: unknown;
  for (const secret of secrets) {
    try {
      return await verify(identity, secret);
    } catch (error) {
      if (error instanceof joseErrors.JWTExpired) {
        throw refused('The identity has expired. Have your site sign a new one.', error);
      }
      failure = error;
    }
  }
  throw refused(
    secrets.length === 0
      ? 'This chat has no secret to check identities by. Add one in the studio, under Share.'
      : 'The identity is not signed by a secret of this chat (HS256), or lacks `sub` or `exp`.',
    failure,
  );
}

/**
 * What a site says of its visitor, by a JWT that one of its secrets has signed.
 * @throws AppError `identity_invalid`
 */
export async function readIdentity(
  identity: string,
  secrets: readonly string[],
): Promise<VisitorClaims> {
  const payload = await verifyByAny(identity, secrets);
  const claims = visitorClaimsSchema.safeParse(payload);
  if (!claims.success) {
    const faults = fieldErrors(claims.error).map(({ path, message }) => `${path} ${message}`);
    throw refused(`The claims of the identity are not valid: ${faults.join('; ').slice(0, 500)}.`);
  }
  const unstorable = storableFaults(payload).map(({ path, message }) => `${path} ${message}`);
  if (unstorable.length > 0) {
    throw refused(`The claims cannot be stored: ${unstorable.join('; ').slice(0, 500)}.`);
  }
  if (claims.data.exp > Date.now() / 1000 + longestSeconds + toleranceSeconds) {
    throw refused('The identity expires more than an hour ahead. Let it expire within the hour.');
  }
  return claims.data;
}
