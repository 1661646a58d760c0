export { AiError, type AiCode } from './ai-error.js';
export { answerValue } from './answer-value.js';
export { createEmbed } from './create-embed.js';
export { createGemini, type GeminiDeps } from './gemini.js';
export {
  createGeminiKey,
  type GeminiKey,
  type GeminiKeyDeps,
  geminiService,
} from './gemini-key.js';
export type { AiPiece, AiProvider, AiRequest, KeyOwner, Line } from './provider.js';
export { createSharedKey } from './shared-key.js';
export { quotePassages } from './quote-passages.js';
export { systemOf } from './system-instruction.js';
export { CallError } from '../call/call-error.js';
export { opened, type OpenSecret } from '../secrets/opened.js';
