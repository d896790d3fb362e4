package org.edgeplex.state.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.Expect;
import org.edgeplex.state.Incarnation;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.TableId;
import org.edgeplex.state.Tables;
import org.edgeplex.state.Write;
import org.edgeplex.state.client.State;
import org.edgeplex.state.client.StateWriter;
import org.edgeplex.state.client.Stores;
import org.edgeplex.state.record.Sample;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class StateCommandTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private record Result(int status, String out, String err) {
        List<String> lines() {
            return out.lines().toList();
        }
    }

    @TempDir Path directory;

    @BeforeEach
    void fill() {
        write(store -> {
            StateWriter writer = new State(store, TIMEOUT).as(Incarnation.UNFENCED);
            writer.writeAll(Sample.all().stream().map(sample -> put(writer, sample)).toList());
        });
    }

    static List<Sample<?, ?>> samples() {
        return Sample.all();
    }

    @Test
    void tablesAreListedWithCountAndWriter() {
        Result result = run("ls");
        assertEquals(0, result.status, result.err);
        assertEquals(Tables.all().size() + 1, result.lines().size());
        assertTrue(result.out.contains("attachments "), result.out);
        assertTrue(
                result.lines().stream()
                        .anyMatch(line -> line.matches("attachments +2 +controller")),
                result.out);
    }

    @Test
    void tablesAreListedForPrograms() throws Exception {
        Result result = run("ls", "--json");
        assertEquals(Tables.all().size(), result.lines().size());
        for (String line : result.lines()) {
            assertTrue(new ObjectMapper().readTree(line).path("records").asInt() > 0, line);
        }
    }

    @Test
    void tablesOfOtherReleasesAreListedAsSuch() throws Exception {
        write(store -> damage(store, new TableId(1_000, "later"), Bytes.utf8("key")));
        Result result = run("ls");
        assertTrue(
                result.lines().stream()
                        .anyMatch(line -> line.matches("table-1000 +1 +\\(not in .*")),
                result.out);
        JsonNode last = new ObjectMapper().readTree(run("ls", "--json").lines().getLast());
        assertEquals("table-1000", last.path("table").asText());
        assertFalse(last.path("isInCatalogue").asBoolean(true));
    }

    /// What `ls` prints as the key, `get` takes.
    @ParameterizedTest
    @MethodSource("samples")
    <K, V> void everyRecordIsFoundByItsPrintedKey(Sample<K, V> sample) throws Exception {
        String table = sample.table().id().name();
        String key = KeyText.of(sample.key());
        assertEquals(sample.key(), KeyText.ofTable(sample.table()).parse(key));
        Result list = run("ls", table, "--json", key);
        assertEquals(0, list.status, list.err);
        JsonNode listed = new ObjectMapper().readTree(list.lines().getFirst());
        assertEquals(key, listed.path("key").textValue());
        Result get = run("get", table, key, "--json");
        assertEquals(list.out, get.out);
        Result plain = run("get", table, key);
        assertEquals(0, plain.status, plain.err);
        listed.path("record")
                .fieldNames()
                .forEachRemaining(name -> assertTrue(plain.out.contains(name + ": "), plain.out));
        assertEquals(0, run("ls", table).status);
    }

    @Test
    void recordsArePrintedInWordsOfTheNetwork() {
        Result result = run("ls", "customer_routes", "--json");
        assertTrue(result.out.contains("\"key\":\"7/10.1.0.0/24\",\"version\":"), result.out);
        assertTrue(
                result.out.contains(
                        "{\"source\":\"BGP\",\"nextHop\":\"10.255.0.1\","
                                + "\"attributes\":\"40010100400200\"}"),
                result.out);
        result = run("ls", "vrf_routes");
        assertEquals(3, result.lines().size());
        assertTrue(
                result.lines()
                        .getFirst()
                        .matches(
                                "key +kind +attachmentNumber +vpnLabel +nextHop +attributes +peLoopback"),
                result.out);
        assertTrue(result.lines().get(1).matches("3/0.0.0.0/0 +Local +7 +1007 .*"), result.out);
        assertEquals(
                List.of("epoch: 3", "heartbeat: 4711", "owner: pid 17 on h1"),
                run("get", "leases", "pvm-7/control").lines());
    }

    @Test
    void aPrefixChoosesKeys() {
        assertEquals(2, run("ls", "attachments", "--json").lines().size());
        assertEquals(1, run("ls", "attachments", "--json", "7").lines().size());
        assertEquals(List.of(), run("ls", "attachments", "9").lines());
    }

    @ParameterizedTest(name = "state {0}: {2}")
    @CsvSource({
        "ls nonsense, 2, there are: leases",
        "get nonsense 7, 2, there are: leases",
        "get attachments seven, 2, is no key of table attachments",
        "get attachments, 2, KEY",
        "get customer_routes 7, 2, attachmentNumber/prefix",
        "get customer_routes 7/10.1.0.0/24/1, 2, too many parts",
        "get customer_routes 7/10.1.0.1/24, 2, host bits",
        "get sessions cvm/OSPF/10.0.0.1, 2, none of",
        "get labels 1048576, 2, out of range",
        "get attachments 99, 1, table attachments has no record 99",
        "'', 2, dump or load?",
    })
    void mistakesAreExplained(String arguments, int status, String message) {
        Result result = run(arguments.isEmpty() ? new String[0] : arguments.split(" "));
        assertEquals(status, result.status);
        assertTrue(result.err.contains(message), result.err);
        assertEquals("", result.out);
    }

    @Test
    void aStoreMustBeNamedAndThere() {
        Path none = directory.resolve("none");
        Result result = execute("ls", "--store", "lmdb:" + none);
        assertEquals(1, result.status);
        assertTrue(result.err.contains("there is no store"), result.err);
        assertFalse(none.toFile().exists());
        assertTrue(execute("ls", "--store", "floppy:a").err.contains("unknown kind"));
        if (System.getenv("EDGEPLEX_STORE") == null) {
            result = execute("ls");
            assertEquals(2, result.status);
            assertTrue(result.err.contains("EDGEPLEX_STORE"), result.err);
        }
    }

    @Test
    void aDamagedRecordIsNamedAndTheOthersListed() {
        write(store -> {
            damage(store, Tables.LABEL_BINDINGS.id(), Bytes.wrap(new byte[] {0, 0, 0, 5}));
            damage(store, Tables.LABEL_BINDINGS.id(), Bytes.utf8("too long a key"));
        });
        Result result = run("ls", "label_bindings", "--json");
        assertEquals(1, result.status);
        assertEquals(1, result.lines().size());
        assertTrue(result.err.contains("table label_bindings, key 00000005"), result.err);
        assertTrue(result.err.contains("key too long"), result.err);
        result = run("get", "label_bindings", "5");
        assertEquals(1, result.status);
        assertTrue(result.err.contains("damaged record"), result.err);
    }

    private static void damage(StateStore store, TableId table, Bytes key) {
        store.write(
                        List.of(
                                new Write.Put(
                                        table,
                                        key,
                                        Bytes.utf8("\1"),
                                        Expect.ANY,
                                        Incarnation.UNFENCED)),
                        TIMEOUT)
                .join();
    }

    private static <K, V> Write put(StateWriter writer, Sample<K, V> sample) {
        return writer.toPut(sample.table(), sample.key(), sample.value());
    }

    private void write(Consumer<StateStore> work) {
        try (StateStore store = Stores.open("lmdb:" + directory)) {
            work.accept(store);
        }
    }

    private Result run(String... arguments) {
        if (arguments.length == 0) {
            return execute();
        }
        String[] all = Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "--store";
        all[arguments.length + 1] = "lmdb:" + directory;
        return execute(all);
    }

    private static Result execute(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status =
                new CommandLine(new StateCommand())
                        .setOut(new PrintWriter(out))
                        .setErr(new PrintWriter(err))
                        .execute(arguments);
        return new Result(status, out.toString(), err.toString());
    }
}
