import { storable } from '@crmflow/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createChunkPublisher, createTextCleaner, splitText } from './streamed-text.js';

describe('createTextCleaner', () => {
  it('gives out, over any cuts, what storable makes of the whole', () => {
    const unit = fc.constantFrom('a', '\0', '\ud83d', '\ude00', '😀', 'é');
    const piece = fc.array(unit).map((units) => units.join(''));
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const cleaner = createTextCleaner();
        const out = [...pieces.map((one) => cleaner.push(one)), cleaner.end()];
        expect(out.every((one) => one.isWellFormed())).toBe(true);
        const whole = pieces.join('').replaceAll('\0', '');
        expect(out.join('')).toBe(storable(whole));
      }),
    );
  });
});

describe('splitText', () => {
  it('keeps each piece small and whole, and loses nothing', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 300 }),
        fc.integer({ min: 6, max: 60 }),
        (text, max) => {
          const pieces = splitText(text, max);
          expect(pieces.join('')).toBe(text);
          for (const piece of pieces) {
            expect(piece).not.toBe('');
            expect(piece.isWellFormed()).toBe(true);
            expect(Buffer.byteLength(JSON.stringify(piece))).toBeLessThanOrEqual(max + 2);
          }
        },
      ),
    );
  });
});

type Sent = { offset: number; text: string };

function recorder() {
  const sent: Sent[] = [];
  const errors: unknown[] = [];
  const publish = (offset: number, text: string) => {
    sent.push({ offset, text });
    return Promise.resolve();
  };
  const onError = (error: unknown) => void errors.push(error);
  return { sent, errors, publish, onError };
}

describe('createChunkPublisher', () => {
  it('sends the first text at once and gathers what follows', async () => {
    const { sent, publish, onError } = recorder();
    const publisher = createChunkPublisher({ publish, onError });
    publisher.push('He');
    expect(sent).toEqual([{ offset: 0, text: 'He' }]);
    for (const piece of ['l', 'lo', ' 😀', '!']) publisher.push(piece);
    await publisher.finish();
    expect(sent).toEqual([
      { offset: 0, text: 'He' },
      { offset: 2, text: 'llo 😀!' },
    ]);
  });

  it('cuts what is too large for one notification', async () => {
    const { sent, publish, onError } = recorder();
    const text = '"ü😀'.repeat(2_000);
    const publisher = createChunkPublisher({ publish, onError });
    publisher.push(text);
    await publisher.finish();
    expect(sent.map((one) => one.text).join('')).toBe(text);
    let offset = 0;
    for (const one of sent) {
      expect(one.offset).toBe(offset);
      expect(Buffer.byteLength(JSON.stringify(one))).toBeLessThan(6_000);
      offset += one.text.length;
    }
  });

  it('has one chunk under way at a time', async () => {
    let under = 0;
    let most = 0;
    const release: (() => void)[] = [];
    const publisher = createChunkPublisher({
      publish: async () => {
        under += 1;
        most = Math.max(most, under);
        await new Promise<void>((resolve) => release.push(resolve));
        under -= 1;
      },
      onError: () => undefined,
    });
    publisher.push('a');
    publisher.push('b');
    const finished = publisher.finish();
    release.shift()?.();
    await expect.poll(() => release.length).toBe(1);
    release.shift()?.();
    await finished;
    expect(most).toBe(1);
  });

  it('goes on after a chunk that could not be sent', async () => {
    const { sent, errors, onError } = recorder();
    const publisher = createChunkPublisher({
      publish: (offset, text) => {
        if (offset === 0) return Promise.reject(new Error('down'));
        sent.push({ offset, text });
        return Promise.resolve();
      },
      onError,
    });
    publisher.push('lost');
    publisher.push('kept');
    await publisher.finish();
    expect(sent).toEqual([{ offset: 4, text: 'kept' }]);
    expect(errors).toHaveLength(1);
  });

  it('sends nothing more once it was stopped, and does not wait for what hangs', async () => {
    const { sent, errors, onError } = recorder();
    const publisher = createChunkPublisher({
      publish: (offset, text) => {
        sent.push({ offset, text });
        return new Promise(() => undefined);
      },
      onError,
    });
    publisher.push('a');
    publisher.push('b');
    await publisher.finish();
    publisher.push('c');
    expect(sent).toEqual([{ offset: 0, text: 'a' }]);
    expect(errors).toHaveLength(1);
  });
});
