package org.edgeplex.controller.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.edgeplex.controller.event.EventLog;
import org.edgeplex.controller.intent.IntentStore;
import org.edgeplex.controller.intent.PeSite;
import org.edgeplex.controller.reconcile.StatusBoard;
import org.edgeplex.net.AsNumber;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.MacAddress;
import org.edgeplex.net.MplsLabel;
import org.edgeplex.state.client.Leases;
import org.edgeplex.state.client.State;
import org.edgeplex.state.client.StateWriter;
import org.edgeplex.state.memory.MemoryStateStore;
import org.edgeplex.state.record.ProviderEdge;

/// An API on a free port of the loopback interface, with a store in memory and no reconciler.
final class ApiFixture implements AutoCloseable {
    static final ProviderEdge PE1 =
            new ProviderEdge(
                    "pe1",
                    Ipv4Address.parse("192.0.2.1"),
                    new AsNumber(65000),
                    "core0",
                    MacAddress.parse("02:00:00:00:00:01"),
                    1600,
                    List.of(Ipv4Address.parse("192.0.2.9")),
                    new MplsLabel(1000),
                    new MplsLabel(1999));

    record Answer(int status, HttpResponse<String> response, JsonNode body) {
        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    final State state;
    final IntentStore intents;
    final EventLog events;
    final StateWriter writer;
    String computeProblem = "";

    private final ObjectMapper mapper = new ObjectMapper();
    private final HttpClient client = HttpClient.newHttpClient();
    private final ApiContext context;
    private final ApiServer server;
    private final String token;

    ApiFixture(Path directory) throws IOException {
        state = new State(new MemoryStateStore(), Duration.ofSeconds(1));
        writer = state.as(new Leases(state).claim("controller", "test"));
        events = new EventLog(state, writer, () -> 1_700_000_000_000L);
        intents = new IntentStore(state, writer, events, site(), () -> {});
        Path tokenFile = directory.resolve("token");
        ApiToken secret = ApiToken.readOrCreate(tokenFile);
        token = Files.readString(tokenFile).strip();
        context =
                new ApiContext(
                        state,
                        intents,
                        events,
                        new StatusBoard(),
                        PE1,
                        writer.incarnation(),
                        directory);
        server =
                ApiServer.start(
                        context,
                        secret,
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private PeSite site() {
        return new PeSite() {
            @Override
            public ProviderEdge self() {
                return PE1;
            }

            @Override
            public Optional<String> whyNotPort(String port) {
                return port.startsWith("ce-")
                        ? Optional.empty()
                        : Optional.of("the switch has no port " + port);
            }

            @Override
            public Optional<String> whyNoCompute() {
                return Optional.of(computeProblem).filter(problem -> !problem.isEmpty());
            }
        };
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(10));
    }

    Answer send(HttpRequest request) {
        try {
            HttpResponse<String> response =
                    client.send(request, HttpResponse.BodyHandlers.ofString());
            String type = response.headers().firstValue("Content-Type").orElse("");
            JsonNode body =
                    type.contains("json")
                            ? mapper.readTree(response.body())
                            : mapper.createObjectNode();
            return new Answer(response.statusCode(), response, body);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(request + " failed", e);
        }
    }

    Router router() {
        return new ApiHandlers(context).router();
    }

    HttpClient client() {
        return client;
    }

    Answer get(String path) {
        return send(request(path).header("Accept", "application/json").GET().build());
    }

    Answer post(String path, String body) {
        return send(request(path).POST(HttpRequest.BodyPublishers.ofString(json(body))).build());
    }

    Answer put(String path, String body) {
        return send(request(path).PUT(HttpRequest.BodyPublishers.ofString(json(body))).build());
    }

    Answer delete(String path) {
        return send(request(path).DELETE().build());
    }

    /// Tests write JSON with single quotes.
    static String json(String text) {
        return text.replace('\'', '"');
    }

    /// A service red with a node pe1.
    void createRed() {
        post("/v1/vpn-services", "{'vpn-id':'red','customer-name':'Red Ltd'}");
        post(
                "/v1/vpn-services/red/vpn-nodes",
                "{'vpn-node-id':'pe1','rd':'65000:1','import-route-targets':['65000:1'],"
                        + "'export-route-targets':['65000:1']}");
    }

    @Override
    public void close() {
        server.close();
    }
}
