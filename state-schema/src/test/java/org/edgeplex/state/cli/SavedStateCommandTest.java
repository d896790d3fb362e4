package org.edgeplex.state.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
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
import org.edgeplex.state.dump.DumpWriter;
import org.edgeplex.state.record.Sample;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.AutoComplete;
import picocli.CommandLine;

class SavedStateCommandTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private record Result(int status, String out, String err) {}

    @TempDir Path directory;
    private String store = "";
    private String other = "";

    @BeforeEach
    void fill() {
        store = "lmdb:" + directory.resolve("store");
        other = "lmdb:" + directory.resolve("other");
        try (StateStore open = Stores.open(store)) {
            StateWriter writer = new State(open, TIMEOUT).as(Incarnation.UNFENCED);
            writer.writeAll(Sample.all().stream().map(sample -> put(writer, sample)).toList());
        }
    }

    @Test
    void aDumpLoadedElsewhereHasTheSameHash() throws IOException {
        for (String name : List.of("state.jsonl", "state.jsonl.gz")) {
            String file = directory.resolve(name).toString();
            String target = other + name;
            assertEquals(0, run(store, "dump", "--out", file).status);
            Result load = run(target, "load", file);
            assertEquals(0, load.status, load.err);
            assertEquals(run(store, "hash").out, run(target, "hash").out);
            assertTrue(load.out.contains(run(store, "hash").out.strip()), load.out);
            assertEquals(1, run(target, "load", file).status);
            assertEquals(0, run(target, "load", file, "--merge").status);
            assertEquals(0, run(target, "load", file, "--replace", "--json").status);
            assertEquals(2, run(target, "load", file, "--replace", "--merge").status);
        }
        assertEquals(Set.of(), parts());
    }

    @Test
    void aDumpOfSomeTablesHasJustThem() throws IOException {
        Result dump = run(store, "dump", "vrfs", "attachments");
        assertEquals(0, dump.status);
        Set<Integer> tables = new HashSet<>();
        for (String line : dump.out.lines().skip(1).toList()) {
            JsonNode table = new ObjectMapper().readTree(line).path("table");
            if (table.isInt()) {
                tables.add(table.intValue());
            }
        }
        assertEquals(Set.of(6, 7), tables);
        assertTrue(run(store, "dump", "nonsense").err.contains("there are: leases"));
    }

    /// As root, a device would become a file.
    @Test
    void aDumpTakesTheNameOfNothingButAFile() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("elsewhere"));
        Result result = run(store, "dump", "--out", link.toString());
        assertEquals(2, result.status);
        assertTrue(result.err.contains("redirect"), result.err);
        assertTrue(Files.isSymbolicLink(link));
        assertEquals(Set.of(), parts());
    }

    @Test
    void aDumpThatFailsLeavesNoFile() throws IOException {
        Path file = directory.resolve("state.jsonl");
        assertEquals(1, run(other, "dump", "--out", file.toString()).status);
        assertFalse(Files.exists(file));
        Result result = run(store, "dump", "--out", directory.resolve("no/state").toString());
        assertEquals(1, result.status);
        assertTrue(result.err.contains("no"), result.err);
        assertEquals(2, run(store, "dump", "--out", directory.toString()).status);
        assertEquals(Set.of(), parts());
    }

    @Test
    void aFileThatIsNoDumpChangesNothing() throws IOException {
        Path file = Files.writeString(directory.resolve("picture"), "GIF89a\n");
        String before = run(store, "hash").out;
        Result result = run(store, "load", file.toString(), "--replace");
        assertEquals(1, result.status);
        assertTrue(result.err.contains("not JSON"), result.err);
        assertEquals(before, run(store, "hash").out);
        for (String name : List.of(file.toString(), directory.resolve("none").toString())) {
            assertEquals(1, run(other, "load", name).status);
            assertFalse(Files.exists(directory.resolve("other")), "no store was made for it");
        }
    }

    @Test
    void aPipeIsLoadedLikeAFile() throws Exception {
        byte[] dump = run(store, "dump").out.getBytes(StandardCharsets.UTF_8);
        Path pipe = directory.resolve("pipe");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        Thread.ofVirtual().start(() -> write(pipe, dump));
        Result result = run(other + "1", "load", pipe.toString());
        assertEquals(0, result.status, result.err);
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(dump));
        try {
            result = run(other + "2", "load", "-");
            assertEquals(0, result.status, result.err);
        } finally {
            System.setIn(before);
        }
        for (String loaded : List.of(other + "1", other + "2")) {
            assertEquals(run(store, "hash").out, run(loaded, "hash").out);
        }
    }

    private static void write(Path pipe, byte[] dump) {
        try {
            Files.write(pipe, dump, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// An engine may find an object twice in one scan.
    @Test
    void theHashThatALoadTellsIsTheStores() throws IOException {
        Path file = directory.resolve("twice");
        TableId table = Tables.VRFS.id();
        try (StateStore open = Stores.open(store);
                OutputStream out = Files.newOutputStream(file)) {
            DumpWriter.write(open, List.of(table, table), out, TIMEOUT, _ -> {});
        }
        Result result = run(other, "load", file.toString());
        assertEquals(1, result.status);
        assertTrue(result.err.contains("twice"), result.err);
        assertTrue(result.out.contains(run(other, "hash").out.strip()), result.out);
        assertEquals(0, run(other, "load", file.toString(), "--merge").status);
    }

    @Test
    void scanStreamsWhatListShowsAndNamesTheDamaged() {
        assertEquals(
                run(store, "ls", "attachments", "--json").out,
                run(store, "scan", "attachments").out);
        assertEquals(1, run(store, "scan", "attachments", "7").out.lines().count());
        try (StateStore open = Stores.open(store)) {
            open.write(
                            List.of(
                                    new Write.Put(
                                            Tables.ATTACHMENTS.id(),
                                            Bytes.utf8("0005"),
                                            Bytes.utf8("\1"),
                                            Expect.ANY,
                                            Incarnation.UNFENCED)),
                            TIMEOUT)
                    .join();
        }
        Result result = run(store, "scan", "attachments");
        assertEquals(1, result.status);
        assertEquals(2, result.out.lines().count());
        assertTrue(result.err.contains("table attachments, key 30303035"), result.err);
    }

    @Test
    void statisticsAddUp() throws IOException {
        Result plain = run(store, "stats");
        assertEquals(0, plain.status, plain.err);
        assertTrue(plain.out.contains("used_bytes: "), plain.out);
        Result result = run(store, "stats", "--json");
        long records = 0;
        for (String line : result.out.lines().toList()) {
            JsonNode node = new ObjectMapper().readTree(line);
            if (node.has("engine")) {
                assertTrue(node.path("engine").path("map_bytes").asLong() > 0, line);
            } else if (node.path("table").asText().equals("*")) {
                assertEquals(records, node.path("records").asLong(), line);
            } else {
                records += node.path("records").asLong();
            }
        }
        assertEquals(Sample.all().size(), records);
    }

    @Test
    void hashesOfTablesAreForPrograms() {
        Result result = run(store, "hash", "--json");
        assertEquals(Tables.all().size() + 1, result.out.lines().count());
        assertTrue(result.out.contains("\"table\":\"*\""), result.out);
    }

    @Test
    void aShellIsOfferedTheTables() {
        String script = AutoComplete.bash("state", new CommandLine(new StateCommand()));
        assertTrue(script.contains("label_bindings"), script);
    }

    private static <K, V> Write put(StateWriter writer, Sample<K, V> sample) {
        return writer.toPut(sample.table(), sample.key(), sample.value());
    }

    private Set<Path> parts() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return Set.copyOf(files.filter(file -> file.toString().endsWith(".part")).toList());
        }
    }

    private static Result run(String store, String... arguments) {
        String[] all = Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "--store";
        all[arguments.length + 1] = store;
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status =
                new CommandLine(new StateCommand())
                        .setOut(new PrintWriter(out))
                        .setErr(new PrintWriter(err))
                        .execute(all);
        return new Result(status, out.toString(), err.toString());
    }
}
