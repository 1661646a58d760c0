import { z } from 'zod';
import { parseDuration } from '../duration.js';
import { idSchema, localeSchema, text, timezoneSchema } from '../fields/identifiers.js';
import { type Json, type JsonObject, jsonBytes, jsonValueSchema } from '../json.js';
import { handBackWays, runStatuses } from '../kinds.js';
import { limits } from '../limits.js';

const jsonSchema = jsonValueSchema.refine(
  (value) => jsonBytes(value) <= limits.valueBytes,
  'must not be larger than 64 kB',
);
const jsonObjectSchema = z
  .record(z.string(), jsonValueSchema)
  .refine(
    (value) => jsonBytes(value as Json) <= limits.valueBytes,
    'must not be larger than 64 kB',
  ) as z.ZodType<JsonObject>;
const durationSchema = z
  .string()
  .max(100)
  .refine(
    (value) => (parseDuration(value) ?? 0) > 0,
    'must be a duration in ISO 8601 from weeks down to seconds, such as P3D or PT2H, and at most ten years',
  );
const expressionSchema = text(limits.expressionBytes).min(1, 'is required');
const saidSchema = text(limits.messageBytes);

/** An instant with its offset. */
const instantSchema = z.iso.datetime({ offset: true });

/** How the run of a test begins. */
export const testStartSchema = z
  .strictObject({
    input: jsonObjectSchema.optional().describe('What expressions read as `input`.'),
    now: instantSchema.optional().describe('Absent: 2030-01-07T09:00:00Z, a Monday.'),
    timezone: timezoneSchema.optional().describe('Absent: UTC.'),
    locale: localeSchema.optional().describe('Absent: en.'),
    channel: text(50)
      .optional()
      .describe('Where the conversation takes place, such as `chat` or `webhook`.'),
    contact: z
      .strictObject({
        name: text(300).optional(),
        email: text(300).optional(),
        phone: text(100).optional(),
        locale: text(35).optional(),
        timezone: text(64).optional(),
        attributes: jsonObjectSchema.optional(),
        tags: z.array(text(100)).max(100).optional(),
      })
      .optional()
      .describe('What is known of the contact.'),
  })
  .meta({ id: 'TestStart' });

/** How the run of a test begins. */
export type TestStart = z.output<typeof testStartSchema>;

const expectSchema = z
  .strictObject({
    text: saidSchema.optional().describe('A message that was said, as it is.'),
    contains: saidSchema.min(1).optional().describe('Part of a message that was said.'),
    matches: text(limits.patternBytes)
      .min(1)
      .optional()
      .describe('A pattern that a message which was said matches somewhere.'),
    cel: expressionSchema.optional().describe('A condition on the run as it stands.'),
  })
  .refine((value) => Object.keys(value).length > 0, 'must say what is expected');

const operatorSchema = z.union([
  z.strictObject({ takeOver: z.literal(true), name: text(200).optional() }),
  z.strictObject({ say: saidSchema.min(1) }),
  z.strictObject({
    handBack: z.enum(handBackWays),
    nodeId: z.string().max(100).optional().describe('With `goto`: where the flow continues.'),
    note: text(4_000).optional(),
  }),
]);

/** One step of a test: what happens from outside, or what is expected by then. */
export const testStepSchema = z
  .union([
    z.strictObject({ user: saidSchema.min(1) }).describe('The customer writes.'),
    z
      .strictObject({ choose: text(1_000).min(1) })
      .describe('The customer clicks a choice on offer, by its value or its label.'),
    z
      .strictObject({ after: durationSchema })
      .describe('Time passes. Reminders and time limits that fall due do so in their order.'),
    z
      .strictObject({ callback: jsonSchema })
      .describe('Another service answers at the callback address that the run waits at.'),
    z.strictObject({ operator: operatorSchema }).describe('A person of the team acts.'),
    z.strictObject({ cancel: z.literal(true) }).describe('Somebody cancels the run.'),
    z
      .strictObject({ expect: expectSchema })
      .describe('What was said since the last step that was no `expect`, or how the run stands.'),
  ])
  .meta({ id: 'TestStep' });

/** One step of a test. */
export type TestStep = z.output<typeof testStepSchema>;

const modelCallSchema = z.strictObject({
  name: text(100).min(1),
  args: jsonObjectSchema.default({}),
});

const callErrorSchema = z.union([
  text(100).min(1),
  z.strictObject({
    code: text(100).min(1),
    message: text(2_000).optional(),
    retryable: z
      .boolean()
      .optional()
      .describe('Whether the call is tried again, for as long as its node says.'),
  }),
]);

/** One thing that a call ends with. */
const mockedAnswerSchema = z
  .strictObject({
    return: jsonSchema
      .optional()
      .describe(
        'Of a request its body, of a model its text or its structured value, of a search its passages.',
      ),
    calls: z
      .array(modelCallSchema)
      .min(1)
      .max(limits.toolCallsAtOnce)
      .optional()
      .describe('What the model wants called before it continues.'),
    error: callErrorSchema.optional().describe('The code with which the call fails.'),
    takes: durationSchema.optional().describe('How long it takes. Absent: no time.'),
  })
  .refine(
    (one) => one.error === undefined || (one.return === undefined && one.calls === undefined),
    'must either return something or fail',
  );

/** What stands for one call. */
export type MockedAnswer = z.output<typeof mockedAnswerSchema>;

const mockKeys = ['return', 'calls', 'error', 'sequence'] as const;

/** What a call ends with in a test: nothing is called. */
export const testMockSchema = z
  .strictObject({
    node: z.string().max(100).optional().describe('The ID of the node that calls.'),
    tool: text(100).optional().describe('The name under which a model calls an integration.'),
    when: expressionSchema
      .optional()
      .describe('A condition in which `input` is the request. Absent: always.'),
    ...mockedAnswerSchema.shape,
    sequence: z
      .array(mockedAnswerSchema)
      .min(1)
      .max(limits.testSequence)
      .optional()
      .describe('One attempt after the other; the last one stands for all later ones.'),
  })
  .refine(
    (one) => (one.node === undefined) !== (one.tool === undefined),
    'must name a node or a tool',
  )
  .refine(
    (one) => mockKeys.some((key) => one[key] !== undefined),
    'must have a return, an error or a sequence',
  )
  .refine(
    (one) => one.sequence === undefined || (one.return ?? one.calls ?? one.error) === undefined,
    'must not have anything beside its sequence',
  )
  .refine(
    (one) => one.error === undefined || (one.return === undefined && one.calls === undefined),
    'must either return something or fail',
  )
  .meta({ id: 'TestMock' });

/** What a call ends with in a test. */
export type TestMock = z.output<typeof testMockSchema>;

/** What a real call ended with, of one visit to a node. */
const recordingSchema = z.strictObject({
  node: z.string().max(100),
  visit: z.int().min(1),
  call: z.int().min(1).optional().describe('Of a visit that makes several. Absent: the first.'),
  ...mockedAnswerSchema.shape,
});

/** What a real call ended with, of one visit to a node. */
export type Recording = z.output<typeof recordingSchema>;

/** What has to be true at the end of a test. */
export const testAssertSchema = z
  .strictObject({
    path: z
      .array(z.string().max(100))
      .max(limits.testPath)
      .optional()
      .describe('The IDs of all nodes in the order of their visits. The trigger may be left out.'),
    visits: z
      .record(z.string(), z.int().min(0))
      .optional()
      .describe('How often nodes were visited, by their IDs.'),
    never: z.array(z.string().max(100)).max(limits.flowNodes).optional(),
    status: z.enum(runStatuses).optional(),
    variables: jsonObjectSchema.optional().describe('Values of variables; others may have any.'),
    calls: z
      .array(
        z
          .strictObject({
            node: z.string().max(100).optional(),
            tool: text(100).optional(),
            times: z.int().min(0).optional().describe('Absent: at least once.'),
            cel: expressionSchema
              .optional()
              .describe(
                'A condition in which `input` is the request; it counts those that meet it.',
              ),
          })
          .refine(
            (one) => (one.node === undefined) !== (one.tool === undefined),
            'must name a node or a tool',
          ),
      )
      .max(100)
      .optional(),
  })
  .meta({ id: 'TestAssert' });

const fields = {
  name: text(200).min(1, 'is required'),
  gate: z.boolean().default(false).describe('Whether publishing needs it to pass.'),
  start: testStartSchema.default({}),
  steps: z
    .array(testStepSchema)
    .max(limits.testSteps, `must not have more than ${limits.testSteps} steps`)
    .default([]),
  mocks: z
    .array(testMockSchema)
    .max(limits.testMocks, `must not have more than ${limits.testMocks} mocks`)
    .default([]),
  ai: z
    .enum(['mock', 'recorded', 'live'])
    .default('mock')
    .describe('Where answers of the model come from. `recorded`: those of a real run.'),
  recordings: z
    .array(recordingSchema)
    .max(limits.testRecordings)
    .optional()
    .describe('What the calls of the real run ended with that the test was made of.'),
  assert: testAssertSchema.default({}),
};

const isSmall = (test: unknown) => jsonBytes(test as Json) <= limits.testBytes;
const tooLarge = 'must not be larger than 256 kB';

/** A test without its id: the body of a request that makes or replaces one. */
export const newTestSchema = z.strictObject(fields).refine(isSmall, tooLarge);

/** A test without its id. */
export type NewTest = z.output<typeof newTestSchema>;

/** Body of PUT /api/tests/:id: the whole test, as it was read or without its id. */
export const replaceTestSchema = z
  .strictObject({ id: z.unknown().optional(), ...fields })
  .refine(isSmall, tooLarge)
  .transform(({ id: _, ...test }) => test);

/**
 * A test of a flow. Its id is unique within the flow. Versions and exports keep it; where a flow is
 * made of another one or of a file, its tests get new ids, as the flow itself does.
 */
export const flowTestSchema = z
  .strictObject({ id: idSchema, ...fields })
  .refine(isSmall, tooLarge)
  .meta({ id: 'FlowTest' });

/** A test of a flow. */
export type FlowTest = z.output<typeof flowTestSchema>;

/** A test as a client or a file has it, defaults left out. */
export type FlowTestInput = z.input<typeof flowTestSchema>;

/** The tests of a flow; absent where it has none. */
export const flowTestsSchema = z
  .array(flowTestSchema)
  .max(limits.flowTests, `must not have more than ${limits.flowTests} tests`)
  .refine(
    (tests) => jsonBytes(tests as unknown as Json) <= limits.flowTestsBytes,
    'must not be larger than 400 kB together',
  )
  .refine((tests) => new Set(tests.map(({ id }) => id)).size === tests.length, 'has an ID twice')
  .optional()
  .describe('Tests of the flow. They do not affect runs. Absent if there are none.');
