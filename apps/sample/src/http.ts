import {
  defaultTextMapGetter,
  defaultTextMapSetter,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  type Context,
} from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { createServer, type Server } from 'node:http';
import { inSpan, messageOf, type Telemetry } from './telemetry.ts';

const propagator = new W3CTraceContextPropagator();

/** Milliseconds that a call to another service may take. */
const CALL_TIMEOUT = 10_000;

export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Answers one route; the context holds the span of the request. */
export type Handler = (query: URLSearchParams, context: Context) => Promise<Answer>;

/** A server with a span, a measurement and a log line for every request, but for `/healthz`. Only GET is served. */
export function serve(telemetry: Telemetry, routes: Readonly<Record<string, Handler>>): Server {
  return createServer((request, response) => {
    const path = request.url ?? '/';
    // `//` is something that no URL can be made of.
    const url = URL.canParse(path, 'http://localhost')
      ? new URL(path, 'http://localhost')
      : new URL('http://localhost/');
    const reply = ({ status, body }: Answer): void => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(`${JSON.stringify(body)}\n`);
    };
    if (url.pathname === '/healthz') {
      reply({ status: 200, body: { status: 'ok' } });
      return;
    }
    const parent = propagator.extract(ROOT_CONTEXT, request.headers, defaultTextMapGetter);
    void answer(telemetry, routes, request.method ?? 'GET', url, parent).then(reply);
  });
}

async function answer(
  telemetry: Telemetry,
  routes: Readonly<Record<string, Handler>>,
  method: string,
  url: URL,
  parent: Context,
): Promise<Answer> {
  const handler = method === 'GET' && Object.hasOwn(routes, url.pathname) ? routes[url.pathname] : undefined;
  const route = handler === undefined ? undefined : url.pathname;
  const known = {
    'http.request.method': method === 'GET' ? 'GET' : '_OTHER',
    'url.scheme': 'http',
    // A path that is no route stays out of the metric: anybody can make up another.
    ...(route !== undefined && { 'http.route': route }),
  };
  const name = route === undefined ? known['http.request.method'] : `GET ${route}`;
  const attributes = { ...known, 'url.path': url.pathname, 'url.query': url.search.slice(1) };
  const started = performance.now();
  return inSpan(telemetry, name, { kind: SpanKind.SERVER, attributes }, parent, async (context, span) => {
    const result = await handle(telemetry, handler, url.searchParams, context);
    const seconds = (performance.now() - started) / 1000;
    const outcome = {
      'http.response.status_code': result.status,
      ...(result.status >= 500 && { 'error.type': String(result.status) }),
    };
    span.setAttributes(outcome);
    if (result.status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
    telemetry.requestTook(seconds, { ...known, ...outcome }, context);
    telemetry.log(
      result.status >= 500 ? 'error' : result.status >= 400 ? 'warn' : 'info',
      `${name} ${String(result.status)}`,
      { ...attributes, ...outcome, seconds },
      context,
    );
    return result;
  });
}

async function handle(
  telemetry: Telemetry,
  handler: Handler | undefined,
  query: URLSearchParams,
  context: Context,
): Promise<Answer> {
  if (handler === undefined) return { status: 404, body: { error: 'there is no such route' } };
  try {
    return await handler(query, context);
  } catch (error) {
    telemetry.log('error', messageOf(error), {}, context);
    return { status: 500, body: { error: 'internal error' } };
  }
}

/** GET within a span of its own, which the called service continues. An answer of 500 and above is an error of the span. */
export async function get(
  telemetry: Telemetry,
  url: URL,
  parent: Context,
): Promise<Answer & { readonly traceId: string }> {
  const attributes = {
    'http.request.method': 'GET',
    'url.full': url.href,
    'server.address': url.hostname,
    'server.port': Number(url.port === '' ? 80 : url.port),
  };
  return inSpan(telemetry, 'GET', { kind: SpanKind.CLIENT, attributes }, parent, async (context, span) => {
    const headers: Record<string, string> = {};
    propagator.inject(context, headers, defaultTextMapSetter);
    const response = await fetch(url, { headers, signal: AbortSignal.timeout(CALL_TIMEOUT) });
    const body = (await response.json()) as Answer['body'];
    span.setAttribute('http.response.status_code', response.status);
    if (response.status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
    return { status: response.status, body, traceId: span.spanContext().traceId };
  });
}
