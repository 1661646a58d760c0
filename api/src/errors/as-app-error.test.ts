import { Prisma } from '@crmflow/db';
import { ServiceError } from '@temporalio/client';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AppError } from './app-error.js';
import { asAppError } from './as-app-error.js';
import { toProblem, toSocketError } from './problem.js';

const withCode = (code: string | number, message = 'x') =>
  Object.assign(new Error(message), { code, details: '', metadata: {} });
const prisma = (code: string) =>
  new Prisma.PrismaClientKnownRequestError('x', { code, clientVersion: '7' });
const prismaOf = (sqlState: string) =>
  new Prisma.PrismaClientKnownRequestError('x', {
    code: 'P2039',
    clientVersion: '7',
    meta: { driverAdapterError: Object.assign(new Error('x'), { cause: { code: sqlState } }) },
  });

describe('asAppError', () => {
  it.each([
    withCode('ECONNREFUSED'),
    withCode('57P01'),
    withCode('53100'),
    withCode('57014'),
    withCode('55P03'),
    withCode('08006'),
    new AggregateError([withCode('ECONNREFUSED')]),
    new Error('Connection terminated unexpectedly'),
    new Error('timeout exceeded when trying to connect'),
    prisma('P1001'),
    prismaOf('57P01'),
    new Error('outer', { cause: new Error('inner', { cause: withCode('53300') }) }),
    Object.assign(new Error('DatabaseNotReachable'), { cause: { kind: 'DatabaseNotReachable' } }),
  ])('%s: the database is not responding', (error) => {
    expect(asAppError(error).code).toBe('database_unavailable');
  });

  it('reports a full disk as such', () => {
    const { status, detail } = asAppError(prismaOf('53100'));
    expect([status, detail]).toEqual([503, expect.stringContaining('no disk space')]);
  });

  it.each([withCode(14), withCode(4), new ServiceError('x', { cause: withCode(14) })])(
    '%s: Temporal is not responding',
    (error) => {
      expect(asAppError(error).code).toBe('temporal_unavailable');
    },
  );

  it.each([
    new Error('boom'),
    withCode('23505'),
    withCode('42P01'),
    prisma('P2002'),
    new ServiceError('boom', { cause: withCode(3) }),
    'text',
    null,
    undefined,
    { status: 200 },
  ])('%s: an internal error', (error) => {
    const { code, detail, options } = asAppError(error);
    expect(code).toBe('internal');
    expect(detail).not.toContain('boom');
    expect(options.cause).toBe(error);
  });

  it('takes field errors from zod', () => {
    const { error } = z.object({ a: z.number() }).safeParse({ a: 'x' });
    expect(asAppError(error)).toMatchObject({ code: 'invalid', errors: [{ path: 'a' }] });
  });
});

it('an error reads the same over HTTP and over a socket', () => {
  const errors = [{ path: 'a', message: 'is odd' }];
  const error = new AppError('invalid', 'No.', { errors, extra: { hint: 1 } });
  expect(toProblem(error, 'r1')).toEqual({
    type: '/docs/errors/invalid',
    status: 422,
    title: 'Validation failed',
    detail: 'No.',
    code: 'invalid',
    errors,
    instance: 'r1',
    hint: 1,
  });
  expect(toSocketError(error)).toEqual({ code: 'invalid', message: 'No.', errors });
});
