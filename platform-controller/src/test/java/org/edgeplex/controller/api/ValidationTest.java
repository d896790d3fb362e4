package org.edgeplex.controller.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.edgeplex.controller.intent.IntentSnapshot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every mistake is answered with the field that has it, and changes nothing.
///
/// A case is a valid document, the field to spoil (`-` before it: taken away), the value to put
/// there, the answer.
class ValidationTest {
    private static final String NODES = "/v1/vpn-services/blue/vpn-nodes";
    private static final String ACCESSES =
            "/v1/vpn-services/red/vpn-nodes/pe1/vpn-network-accesses";
    private static final String STATIC =
            "{'access-id':'red-2','port':'ce-2','ip-connection':{'ipv4':{"
                    + "'provider-address':'172.16.2.1','prefix-length':24}},'mtu':1500,"
                    + "'routing':{'static':{'routes':[{'prefix':'10.1.0.0/24',"
                    + "'next-hop':'172.16.2.2'}]}}}";
    private static final String BGP =
            STATIC.replaceFirst(
                    "'routing'.*",
                    "'routing':{'bgp':{'peer-as':65101,'peer-address':'172.16.2.2'}}}");

    private final ObjectMapper mapper = new ObjectMapper();
    @TempDir private Path directory;
    private ApiFixture api;

    @BeforeEach
    void start() throws IOException {
        api = new ApiFixture(directory);
        api.createRed();
        api.post("/v1/vpn-services", "{'vpn-id':'blue','customer-name':'Blue'}");
        api.post(
                ACCESSES,
                STATIC.replace("red-2", "red-1")
                        .replace("ce-2", "ce-1")
                        .replace("172.16.2.", "172.16.1."));
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    /vpn-id         | "Red"                   | 422
                    /vpn-id         | ""                      | 422
                    /vpn-id         | "-a"                    | 422
                    /vpn-id         | "a123456789012345678901234567890x" | 422
                    /vpn-id         | 7                       | 422
                    /vpn-id         | null                    | 422
                    /vpn-id         | "red"                   | 409
                    -/customer-name |                         | 422
                    /colour         | "red"                   | 422
                    """)
    void services(String field, String value, int status) {
        refuses(
                "/v1/vpn-services",
                "{'vpn-id':'green','customer-name':'Green'}",
                field,
                value,
                status);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    /vpn-node-id             | "pe2"                   | 422
                    /rd                      | "65000"                 | 422
                    /rd                      | "70000:70000"           | 422
                    /rd                      | "a:b"                   | 422
                    /rd                      | "65000:1"               | 409
                    -/rd                     |                         | 422
                    /import-route-targets    | "65000:2"               | 422
                    /import-route-targets/0  | "65000"                 | 422
                    /import-route-targets/0  | 65000                   | 422
                    /import-route-targets/1  | "65000:2"               | 422
                    -/export-route-targets   |                         | 422
                    /vrf                     | "x"                     | 422
                    """)
    void nodes(String field, String value, int status) {
        refuses(
                NODES,
                "{'vpn-node-id':'pe1','rd':'65000:2','import-route-targets':['65000:2'],"
                        + "'export-route-targets':['65000:2']}",
                field,
                value,
                status);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    /access-id                            | "red_1"         | 422
                    /access-id                            | "red-1"         | 409
                    /port                                 | "eth9"          | 422
                    /port                                 | "../../etc"     | 422
                    /port                                 | "ce-1"          | 409
                    /mtu                                  | 67              | 422
                    /mtu                                  | 1593            | 422
                    /mtu                                  | 1500.5          | 422
                    /mtu                                  | "1500"          | 422
                    /mtu                                  | 99999999999999999999 | 422
                    -/ip-connection                       |                 | 422
                    -/ip-connection/ipv4                  |                 | 422
                    /ip-connection/ipv6                   | {}              | 422
                    /ip-connection/ipv4/provider-address  | "172.16.2"      | 422
                    /ip-connection/ipv4/provider-address  | "172.16.2.0"    | 422
                    /ip-connection/ipv4/provider-address  | "172.16.2.255"  | 422
                    /ip-connection/ipv4/provider-address  | "127.0.0.1"     | 422
                    /ip-connection/ipv4/provider-address  | "224.0.0.5"     | 422
                    /ip-connection/ipv4/prefix-length     | 7               | 422
                    /ip-connection/ipv4/prefix-length     | 32              | 422
                    /routing                              | {}              | 422
                    /routing/bgp                          | {}              | 422
                    /routing/static/routes                | {}              | 422
                    /routing/static/routes/0              | 7               | 422
                    /routing/static/routes/0/prefix       | "10.1.0.1/24"   | 422
                    /routing/static/routes/0/prefix       | "10.1.0.0/33"   | 422
                    /routing/static/routes/0/prefix       | "224.0.0.0/4"   | 422
                    /routing/static/routes/0/prefix       | "172.16.2.0/24" | 422
                    /routing/static/routes/0/next-hop     | "172.16.3.2"    | 422
                    /routing/static/routes/0/next-hop     | "172.16.2.1"    | 422
                    /routing/static/routes/0/next-hop     | "172.16.2.255"  | 422
                    /routing/static/routes/0/metric       | 7               | 422
                    """)
    void accesses(String field, String value, int status) {
        refuses(ACCESSES, STATIC, field, value, status);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    /routing/bgp/peer-as             | 0              | 422
                    /routing/bgp/peer-as             | 23456          | 422
                    /routing/bgp/peer-as             | 65000          | 422
                    /routing/bgp/peer-as             | 4294967296     | 422
                    /routing/bgp/peer-as             | "65101"        | 422
                    -/routing/bgp/peer-address       |                | 422
                    /routing/bgp/peer-address        | "172.16.2.1"   | 422
                    /routing/bgp/peer-address        | "10.0.0.1"     | 422
                    /routing/bgp/hold-time-seconds   | 2              | 422
                    /routing/bgp/hold-time-seconds   | 65536          | 422
                    /routing/bgp/prefixes-max        | 0              | 422
                    /routing/bgp/password            | "x"            | 422
                    """)
    void bgpSessions(String field, String value, int status) {
        refuses(ACCESSES, BGP, field, value, status);
    }

    @ParameterizedTest
    @CsvSource({
        "172.16.1.129, 172.16.1.130, /ip-connection/ipv4/provider-address",
    })
    void linksOfAVrfDoNotOverlap(String gateway, String nextHop, String pointer) {
        IntentSnapshot before = api.intents.snapshot();
        ApiFixture.Answer answer =
                api.post(
                        ACCESSES,
                        STATIC.replace("172.16.2.1'", gateway + "'")
                                .replace("172.16.2.2'", nextHop + "'"));
        assertEquals(409, answer.status());
        assertEquals("#" + pointer, answer.body().at("/errors/0/pointer").asText());
        assertEquals(before, api.intents.snapshot());
    }

    @ParameterizedTest
    @CsvSource({"10.1.0.0/24"})
    void aPrefixHasOneStaticRoute(String prefix) {
        String route = "{'prefix':'" + prefix + "','next-hop':'172.16.2.2'}";
        ApiFixture.Answer answer =
                api.post(ACCESSES, STATIC.replace("'routes':[", "'routes':[" + route + ","));
        assertEquals(422, answer.status());
        assertEquals(
                "#/routing/static/routes/1/prefix", answer.body().at("/errors/0/pointer").asText());
    }

    private void refuses(
            String path,
            String valid,
            String field,
            @org.jspecify.annotations.Nullable String value,
            int status) {
        IntentSnapshot before = api.intents.snapshot();
        long eventsBefore = api.events.lastSequence();
        String pointer = field.startsWith("-") ? field.substring(1) : field;
        ApiFixture.Answer answer =
                api.post(path, spoiled(valid, pointer, field.startsWith("-") ? "" : value));
        assertEquals(status, answer.status(), answer.body().toString());
        List<String> named = new ArrayList<>();
        answer.body().get("errors").forEach(e -> named.add(e.get("pointer").asText()));
        assertTrue(
                named.stream()
                        .anyMatch(at -> at.startsWith("#" + pointer) || at.equals("#/routing")),
                pointer + " is not named: " + answer.body());
        assertEquals(before, api.intents.snapshot(), "nothing changed");
        assertEquals(eventsBefore, api.events.lastSequence());
    }

    private String spoiled(
            String valid, String pointer, @org.jspecify.annotations.Nullable String value) {
        try {
            JsonNode document = mapper.readTree(ApiFixture.json(valid));
            int slash = pointer.lastIndexOf('/');
            String name = pointer.substring(slash + 1);
            switch (document.at(pointer.substring(0, slash))) {
                case ObjectNode object when value == null || value.isEmpty() -> object.remove(name);
                case ObjectNode object -> object.set(name, mapper.readTree(value));
                case ArrayNode array when Integer.parseInt(name) < array.size() ->
                        array.set(Integer.parseInt(name), mapper.readTree(value));
                case ArrayNode array -> array.add(mapper.readTree(value));
                default -> throw new AssertionError("no such place: " + pointer);
            }
            return document.toString();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
