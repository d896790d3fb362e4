package org.edgeplex.controller.api;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.sse.SseEvent;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.sse.SseSink;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.edgeplex.controller.event.EventLog;
import org.edgeplex.controller.event.LoggedEvent;
import org.edgeplex.controller.intent.RefusedException;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.client.FencedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The HTTP server: authentication, limits, problems and streams around the [Router].
public final class ApiServer implements AutoCloseable {
    static final int BODY_BYTES_MAX = 256 << 10;

    private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);
    private static final int CONNECTIONS_MAX = 256;
    private static final int EVENTS_PER_READ = 256;

    /// A comment goes out when nothing else does: so a client that is gone is noticed.
    private static final Duration STREAM_KEEPALIVE = Duration.ofSeconds(10);

    private final ApiToken token;
    private final EventLog events;
    private final Router router;
    private final WebServer server;
    private volatile boolean closing;

    private ApiServer(ApiContext context, ApiToken token, InetSocketAddress listen) {
        this.token = token;
        this.events = context.events();
        this.router = new ApiHandlers(context).router();
        this.server =
                WebServer.builder()
                        .address(listen.getAddress())
                        .port(listen.getPort())
                        .shutdownHook(false)
                        .featuresDiscoverServices(false)
                        .maxTcpConnections(CONNECTIONS_MAX)
                        .shutdownGracePeriod(Duration.ofMillis(500))
                        .routing(HttpRouting.builder().any(this::serve))
                        .build();
    }

    public static ApiServer start(ApiContext context, ApiToken token, InetSocketAddress listen) {
        ApiServer api = new ApiServer(context, token, listen);
        api.server.start();
        // Helidon logs why, and returns as if all were well.
        if (!api.server.isRunning()) {
            throw new UncheckedIOException(
                    new BindException("cannot listen on " + listen + ": is the port taken?"));
        }
        return api;
    }

    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        closing = true;
        server.stop();
    }

    private void serve(ServerRequest in, ServerResponse out) {
        ApiResponse response;
        try {
            response = answer(in);
        } catch (ProblemException e) {
            response = e.toResponse();
        } catch (RefusedException e) {
            response = ProblemException.of(e).toResponse();
        } catch (StoreException e) {
            LOG.error("the store does not work", e);
            response =
                    ProblemException.of(503, "the store does not work: " + e.getMessage())
                            .toResponse();
        } catch (FencedException e) {
            response = ProblemException.of(503, "this controller has a successor").toResponse();
        }
        switch (response) {
            case ApiResponse.Document document -> send(document, out);
            case ApiResponse.Stream(EventFilter filter) -> stream(filter, out);
        }
    }

    private ApiResponse answer(ServerRequest in) {
        String method = in.prologue().method().text();
        String path = in.path().rawPath();
        Map<String, String> headers = headers(in);
        Router.Match match;
        try {
            match = router.match(method, path);
        } catch (ProblemException e) {
            // Who has no token does not learn what there is.
            authenticate(headers);
            throw e;
        }
        if (!match.route().open()) {
            authenticate(headers);
        }
        boolean hasBody = method.equals("POST") || method.equals("PUT");
        if (hasBody) {
            requireJson(headers);
        }
        return match.route()
                .handler()
                .handle(
                        new ApiRequest(
                                method,
                                path,
                                match.variables(),
                                query(in),
                                headers,
                                hasBody ? body(in) : Bytes.EMPTY));
    }

    private void authenticate(Map<String, String> headers) {
        String credentials = headers.getOrDefault("authorization", "");
        int space = credentials.indexOf(' ');
        boolean bearer = space > 0 && credentials.substring(0, space).equalsIgnoreCase("Bearer");
        if (!bearer || !token.matches(credentials.substring(space + 1).strip())) {
            throw ProblemException.of(
                    401,
                    "needs the header Authorization: Bearer TOKEN, with the token of the"
                            + " controller's directory",
                    Map.of("WWW-Authenticate", "Bearer realm=\"edgeplex\""));
        }
    }

    private static void requireJson(Map<String, String> headers) {
        String type = headers.getOrDefault("content-type", "");
        int semicolon = type.indexOf(';');
        String essence = (semicolon < 0 ? type : type.substring(0, semicolon)).strip();
        if (!essence.equalsIgnoreCase(ApiResponse.JSON)) {
            throw ProblemException.of(
                    415, "the body must be application/json" + (type.isEmpty() ? "" : ": " + type));
        }
    }

    private static Bytes body(ServerRequest in) {
        if (!in.content().hasEntity()) {
            return Bytes.EMPTY;
        }
        try (InputStream stream = in.content().inputStream()) {
            byte[] body = stream.readNBytes(BODY_BYTES_MAX + 1);
            if (body.length > BODY_BYTES_MAX) {
                throw ProblemException.of(
                        413, "the body is larger than " + BODY_BYTES_MAX + " octets");
            }
            return Bytes.wrap(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> headers(ServerRequest in) {
        Map<String, String> headers = new HashMap<>();
        for (Header header : in.headers()) {
            headers.putIfAbsent(header.name().toLowerCase(Locale.ROOT), header.get());
        }
        return headers;
    }

    private static Map<String, String> query(ServerRequest in) {
        Map<String, String> query = new HashMap<>();
        for (String name : in.query().names()) {
            query.put(name, in.query().first(name).orElse(""));
        }
        return query;
    }

    private static void send(ApiResponse.Document document, ServerResponse out) {
        out.status(document.status());
        document.headers().forEach((name, value) -> out.header(name, value));
        out.header(HeaderNames.CACHE_CONTROL, "no-store");
        out.header(HeaderNames.CONTENT_TYPE, document.contentType());
        out.send(document.body().toArray());
    }

    private void stream(EventFilter filter, ServerResponse out) {
        out.header(HeaderNames.CACHE_CONTROL, "no-store");
        try (SseSink sink = out.sink(SseSink.TYPE)) {
            sink.emit(SseEvent.builder().comment("from " + filter.since()).build());
            long last = filter.since();
            while (!closing) {
                List<LoggedEvent> page = events.await(last, EVENTS_PER_READ, STREAM_KEEPALIVE);
                if (page.isEmpty()) {
                    sink.emit(SseEvent.builder().comment("still here").build());
                }
                for (LoggedEvent logged : page) {
                    last = logged.sequence();
                    if (filter.wants(logged.event())) {
                        sink.emit(sse(logged));
                    }
                }
            }
        } catch (UncheckedIOException e) {
            LOG.debug("an event stream's client is gone: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static SseEvent sse(LoggedEvent logged) {
        return SseEvent.builder()
                .id(Long.toString(logged.sequence()))
                .name(logged.event().phase())
                .data(Representations.event(logged).toString())
                .build();
    }
}
