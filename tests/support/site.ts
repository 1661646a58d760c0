import { createServer, type ServerResponse } from 'node:http';
import { listen } from './listen.js';

/** How a page of the site answers. */
export type SitePage = (response: ServerResponse) => void;

/** A site of the web on loopback. */
export type Site = {
  url: string;
  /** `host:port`, as CRMFLOW_EGRESS_ALLOW names it. */
  host: string;
  /** Puts a page of HTML, or what answers in its place. */
  put(path: string, page: string | SitePage): void;
  /** The paths that were asked for. */
  asked: string[];
  close(): Promise<void>;
};

/** Starts a site without pages. */
export async function startSite(port?: number): Promise<Site> {
  const pages = new Map<string, string | SitePage>();
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push(path);
    const page = pages.get(path);
    if (page === undefined) response.writeHead(404).end();
    else if (typeof page === 'function') page(response);
    else response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page);
  });
  const host = `127.0.0.1:${await listen(server, port)}`;
  return {
    ...{ url: `http://${host}`, host, asked },
    put: (path, page) => void pages.set(path, page),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
