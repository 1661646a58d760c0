// Health check of a container: exits with 0 if /health responds on the given port, or that of the
// API.

const port = process.argv[2] ?? process.env.PORT;
const response = await fetch(`http://127.0.0.1:${port}/health`, {
  signal: AbortSignal.timeout(4_000),
});
process.exitCode = response.ok ? 0 : 1;
