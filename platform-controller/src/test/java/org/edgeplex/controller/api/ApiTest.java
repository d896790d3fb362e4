package org.edgeplex.controller.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.edgeplex.controller.intent.IntentSnapshot;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.MacAddress;
import org.edgeplex.state.Tables;
import org.edgeplex.state.record.Attachment;
import org.edgeplex.state.record.CustomerRouting;
import org.edgeplex.state.record.Instance;
import org.edgeplex.state.record.Lifecycle;
import org.edgeplex.telemetry.SampleFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiTest {
    private static final String SERVICES = "/v1/vpn-services";
    private static final String NODES = SERVICES + "/red/vpn-nodes";
    private static final String ACCESSES = NODES + "/pe1/vpn-network-accesses";
    private static final String RED_1 =
            "{'access-id':'red-1','port':'ce-red','ip-connection':{'ipv4':{"
                    + "'provider-address':'172.16.1.1','prefix-length':30}},'mtu':1500,"
                    + "'routing':{'bgp':{'peer-as':65101,'peer-address':'172.16.1.2',"
                    + "'hold-time-seconds':9,'prefixes-max':1000}}}";

    @TempDir private Path directory;
    private ApiFixture api;

    @BeforeEach
    void start() throws IOException {
        api = new ApiFixture(directory);
        api.createRed();
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void anAccessIsAcceptedAndShownAsItWasSent() {
        ApiFixture.Answer answer = api.post(ACCESSES, RED_1);
        assertEquals(202, answer.status());
        assertEquals(ACCESSES + "/red-1", answer.header("Location"));
        assertEquals("red/pe1/red-1", answer.body().at("/operation/subject").asText());
        JsonNode read = api.get(ACCESSES + "/red-1").body();
        assertEquals("ACCEPTED", read.at("/status/phase").asText());
        assertEquals(65101, read.at("/routing/bgp/peer-as").asLong());
        assertEquals(1, api.get(ACCESSES).body().get("vpn-network-accesses").size());
        JsonNode events = api.get(answer.body().at("/operation/events").asText()).body();
        assertEquals("ACCEPTED", events.at("/events/0/phase").asText());
        assertEquals(1, events.get("events").size());
    }

    @Test
    void metricsAreOfAllDataPlanesWithTheirCustomers() throws IOException {
        SampleFile.create(directory, 7, "red/pe1/red-1").count(10);
        SampleFile.create(directory, 8, "blue/pe1/blue-1").count(20);
        Files.writeString(directory.resolve("pvm-9.counters"), "damaged");
        HttpResponse<String> answer = api.get("/metrics").response();
        assertEquals(200, answer.statusCode());
        assertEquals(
                "text/plain; version=0.0.4; charset=utf-8",
                answer.headers().firstValue("Content-Type").orElse(""));
        List<String> lines = answer.body().lines().toList();
        String name = "edgeplex_dataplane_packets_total";
        assertTrue(
                lines.contains(
                        name
                                + "{access=\"red-1\",attachment=\"7\",customer=\"Red Ltd\","
                                + "direction=\"to_core\",vpn=\"red\"} 10.0"),
                answer::body);
        assertTrue(
                lines.contains(
                        name
                                + "{access=\"blue-1\",attachment=\"8\","
                                + "direction=\"to_core\",vpn=\"blue\"} 20.0"),
                answer::body);
    }

    @Test
    void dataplanesAreShownWithTheirCountersOrWithTheReasonWhyNot() throws IOException {
        SampleFile.create(directory, 7, "red/pe1/red-1").count(10);
        SampleFile.create(directory, 8, "red/pe1/red-2").end();
        Path damaged = Files.writeString(directory.resolve("pvm-9.counters"), "damaged");
        for (int number : List.of(7, 9, 10)) {
            api.writer.put(Tables.INSTANCES, "pvm-" + number, starting(number));
            api.writer.put(Tables.ATTACHMENTS, number, attachment("red/pe1/a" + number));
        }
        api.writer.put(
                Tables.INSTANCES,
                "cvm",
                new Instance(Instance.Role.CVM, 0, "h", Instance.Phase.RUNNING, List.of(), 0));
        JsonNode all = api.get("/v1/dataplanes").body().get("dataplanes");
        assertEquals(4, all.size(), all::toString);
        assertEquals(7, all.at("/0/attachment").asInt());
        assertTrue(all.at("/0/live").asBoolean());
        assertEquals(1040, all.at("/0/traffic/to_core/bytes").asLong());
        assertEquals("ended", all.at("/1/reason").asText());
        assertEquals(
                ApiFixture.json(
                        "{'attachment':9,'name':'red/pe1/a9','live':false,'file':'%s',"
                                        .formatted(damaged)
                                + "'reason':'%s is cut short'}".formatted(damaged)),
                all.get(2).toString());
        Path missing = directory.resolve("pvm-10.counters");
        assertEquals(missing + " is not there: pvm-10 is starting", all.at("/3/reason").asText());
        assertEquals("red/pe1/a10", all.at("/3/name").asText());
        assertTrue(all.get(3).path("traffic").isMissingNode());
    }

    private static Instance starting(int attachment) {
        return new Instance(
                Instance.Role.PVM, attachment, "h", Instance.Phase.STARTING, List.of(), 0);
    }

    private static Attachment attachment(String name) {
        return new Attachment(
                name,
                Lifecycle.ACTIVE,
                1,
                101,
                Ipv4Address.parse("172.16.1.1"),
                MacAddress.parse("02:00:00:00:01:01"),
                30,
                1500,
                new CustomerRouting.Static(List.of()));
    }

    @Test
    void whatWasReadCanBeSentBack() {
        api.post(ACCESSES, RED_1);
        ApiFixture.Answer read = api.get(ACCESSES + "/red-1");
        ApiFixture.Answer sent =
                api.send(
                        api.request(ACCESSES + "/red-1")
                                .header("If-Match", read.header("ETag"))
                                .PUT(HttpRequest.BodyPublishers.ofString(read.body().toString()))
                                .build());
        assertEquals(202, sent.status());
        assertEquals("\"1\"", sent.header("ETag"), "the same again is no change");
    }

    @Test
    void aChangeOfSomethingOlderIsRefused() {
        String changed = "{'vpn-id':'red','customer-name':'Red plc'}";
        assertEquals("\"2\"", api.put(SERVICES + "/red", changed).header("ETag"));
        ApiFixture.Answer stale =
                api.send(
                        api.request(SERVICES + "/red")
                                .header("If-Match", "\"1\"")
                                .PUT(HttpRequest.BodyPublishers.ofString(ApiFixture.json(changed)))
                                .build());
        assertEquals(412, stale.status());
    }

    @Test
    void deletingMarksAsWithdrawingAndRefusesChanges() {
        api.post(ACCESSES, RED_1);
        ApiFixture.Answer gone = api.delete(ACCESSES + "/red-1");
        assertEquals(202, gone.status());
        assertEquals(
                "withdrawing",
                api.get(ACCESSES + "/red-1").body().at("/status/lifecycle").asText());
        assertEquals(409, api.put(ACCESSES + "/red-1", RED_1).status());
        assertEquals(409, api.post(ACCESSES, RED_1).status());
        assertEquals(202, api.delete(ACCESSES + "/red-1").status(), "again is the same");
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    GET    | /nothing                        | 404
                    GET    | /v1/vpn-services/blue           | 404
                    GET    | /v1/vpn-services/red/           | 404
                    GET    | /v1/vpn-services/red/vpn-nodes/pe2 | 404
                    DELETE | /v1/vpn-services/blue           | 404
                    PATCH  | /v1/vpn-services/red            | 405
                    DELETE | /v1/status                      | 405
                    GET    | /v1/events?since=abc            | 400
                    GET    | /v1/status                      | 200
                    GET    | /v1/instances                   | 200
                    GET    | /v1/dataplanes                  | 200
                    POST   | /v1/dataplanes                  | 405
                    GET    | /openapi.yaml                   | 200
                    """)
    void answersWithTheRightStatus(String method, String path, int status) {
        ApiFixture.Answer answer =
                api.send(
                        api.request(path)
                                .method(method, HttpRequest.BodyPublishers.noBody())
                                .build());
        assertEquals(status, answer.status());
        if (status >= 400) {
            assertEquals(Problems.MEDIA_TYPE, answer.header("Content-Type"));
            assertEquals(status, answer.body().get("status").asInt());
        }
        if (status == 405) {
            assertFalse(answer.header("Allow").isEmpty());
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "'', 401",
        "Bearer, 401",
        "Bearer wrong, 401",
        "Basic dXNlcjpwYXNz, 401",
    })
    void whoHasNoTokenLearnsNothing(String credentials, int status) {
        for (String path :
                List.of("/v1/status", "/v1/dataplanes", "/v1/vpn-services/red", "/nothing")) {
            HttpRequest request =
                    HttpRequest.newBuilder(api.request(path).build().uri())
                            .header("Authorization", credentials)
                            .build();
            ApiFixture.Answer answer = api.send(request);
            assertEquals(status, answer.status());
            assertTrue(answer.header("WWW-Authenticate").startsWith("Bearer"));
        }
    }

    @Test
    void healthNeedsNoToken() {
        HttpRequest request = HttpRequest.newBuilder(api.request("/healthz").build().uri()).build();
        assertEquals(200, api.send(request).status());
    }

    @Test
    void theTokenIsPrivateAndKept() throws IOException {
        Path file = directory.resolve("token");
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        String before = Files.readString(file);
        assertTrue(ApiToken.readOrCreate(file).matches(before.strip()));
        assertEquals(before, Files.readString(file));
        assertFalse(ApiToken.readOrCreate(file).toString().contains(before.strip()));
    }

    @Test
    void bodiesThatAreTooLargeOrNotJsonAreRefused() {
        IntentSnapshot before = api.intents.snapshot();
        assertEquals(413, api.post(SERVICES, " ".repeat(ApiServer.BODY_BYTES_MAX + 1)).status());
        assertEquals(400, api.post(SERVICES, "{'vpn-id':'x'").status());
        assertEquals(400, api.post(SERVICES, "").status());
        assertEquals(
                400,
                api.post(SERVICES, "{'vpn-id':'x','vpn-id':'y','customer-name':''}").status(),
                "a key twice");
        assertEquals(400, api.post(SERVICES, "[".repeat(1000)).status());
        HttpRequest form =
                HttpRequest.newBuilder(api.request(SERVICES).build().uri())
                        .headers(
                                "Authorization",
                                api.request(SERVICES)
                                        .build()
                                        .headers()
                                        .firstValue("Authorization")
                                        .orElseThrow(),
                                "Content-Type",
                                "text/plain")
                        .POST(HttpRequest.BodyPublishers.ofString("{}"))
                        .build();
        assertEquals(415, api.send(form).status());
        assertEquals(before, api.intents.snapshot());
    }

    @Test
    void theEventStreamTellsWhatHappensFromASequenceNumberOn() throws Exception {
        long since = api.events.lastSequence();
        HttpResponse<InputStream> stream =
                api.client()
                        .send(
                                api.request("/v1/events?subject=red&since=" + since).GET().build(),
                                HttpResponse.BodyHandlers.ofInputStream());
        assertEquals("text/event-stream", stream.headers().firstValue("Content-Type").orElse(""));
        List<String> seen = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
            api.post(SERVICES, "{'vpn-id':'blue','customer-name':'Blue'}");
            api.post(ACCESSES, RED_1);
            api.delete(ACCESSES + "/red-1");
            for (String line = lines.readLine(); seen.size() < 2; line = lines.readLine()) {
                if (line.startsWith("event:")) {
                    seen.add(line.substring("event:".length()).strip());
                }
            }
        }
        assertEquals(List.of("ACCEPTED", "WITHDRAWING"), seen);
    }

    @Test
    void anAccessNeedsAHost() {
        api.computeProblem = "this controller has no compute hosts";
        ApiFixture.Answer answer = api.post(ACCESSES, RED_1);
        assertEquals(409, answer.status());
        assertTrue(answer.body().get("detail").asText().contains("no compute hosts"));
    }
}
