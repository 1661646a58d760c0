import helmet, { contentSecurityPolicy } from 'helmet';

const directives = {
  defaultSrc: ["'self'"],
  baseUri: ["'none'"],
  connectSrc: ["'self'"],
  fontSrc: ["'self'", 'data:'],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
  imgSrc: ["'self'", 'data:', 'blob:'],
  objectSrc: ["'none'"],
  scriptSrc: ["'self'"],
  // Views place what they draw by style attributes.
  styleSrcAttr: ["'unsafe-inline'"],
  workerSrc: ["'self'", 'blob:'],
};

/**
 * What browsers may do with our answers: run the web app from this origin and nothing else.
 * @param https whether people come by https; only then may browsers be told to insist on it
 */
export function securityHeaders(https: boolean) {
  return helmet({
    contentSecurityPolicy: { useDefaults: false, directives },
    strictTransportSecurity: https,
    xFrameOptions: { action: 'deny' },
  });
}

/**
 * The policy of a chat page: like that of the web app, but the sites that may show it in a frame do, and
 * its picture may be anywhere. It has no style attributes.
 * @param domains as settings of chats name them, such as `*.example.com`
 */
export function chatPolicy(domains: readonly string[]) {
  const { styleSrcAttr: _, ...others } = directives;
  return contentSecurityPolicy({
    useDefaults: false,
    directives: {
      ...others,
      frameAncestors: ["'self'", ...domains],
      imgSrc: ["'self'", 'data:', 'https:'],
    },
  });
}

/**
 * The policy of the API reference. Redoc adds two style elements, which these hashes let in: an
 * empty one, which it fills from its own script, and one of its search. Nothing else is let in.
 */
export const referencePolicy = contentSecurityPolicy({
  useDefaults: false,
  directives: {
    ...directives,
    styleSrc: [
      "'self'",
      "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='",
      "'sha256-QMIg+bpjm3JdElJ388KYke01izlUW0UoNOeKjpMxdgc='",
    ],
  },
});
