// Whether what runs in this container answers, at the port that is given, or that of the API; exit
// code 0 where it does.

const port = process.argv[2] ?? process.env.PORT;
const response = await fetch(`http://127.0.0.1:${port}/health`, {
  signal: AbortSignal.timeout(4_000),
});
process.exitCode = response.ok ? 0 : 1;
