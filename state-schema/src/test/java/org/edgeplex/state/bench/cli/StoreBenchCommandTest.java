package org.edgeplex.state.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.edgeplex.state.bench.StoreBench;
import org.edgeplex.state.bench.Target;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class StoreBenchCommandTest {
    private static final Set<String> UNITS = Set.of("ns", "1/s", "bytes", "ratio");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void everyFigureIsALineForPrograms() throws Exception {
        assertEquals(0, run("store", "--json", "--seconds", "0.2"), err.toString());
        Map<String, Double> figures = new HashMap<>();
        for (String line : out.toString().lines().toList()) {
            JsonNode figure = new ObjectMapper().readTree(line);
            assertEquals("store", figure.path("bench").asText(), line);
            assertTrue(UNITS.contains(figure.path("unit").asText()), line);
            assertTrue(figure.path("value").asDouble() > 0, line);
            assertEquals(4, figure.size(), line);
            figures.put(figure.path("metric").asText(), figure.path("value").asDouble());
        }
        for (String metric :
                List.of(
                        "lmdb_get_p50",
                        "lmdb_put_p99",
                        "lmdb_get_all_100_p50",
                        "lmdb_put_all_10_ops",
                        "lmdb_fenced_put_over_put",
                        "lmdb_bytes_per_record",
                        "lmdb_change_seen_p50",
                        "memory_get_p50",
                        "map_get_p50",
                        "offheap_put_p50")) {
            assertTrue(figures.containsKey(metric), metric);
        }
        // Where redis-server is installed.
        assertTrue(
                figures.keySet()
                                .containsAll(
                                        Set.of(
                                                "redis_unix_get_p50",
                                                "redis_tcp_raw_put_p99",
                                                "redis_unix_change_seen_p50",
                                                "redis_single_over_raw",
                                                "redis_batch_over_raw"))
                        || err.toString().contains("without redis: there is no redis-server"),
                err.toString());
        // Where a cluster is named.
        assertTrue(
                figures.keySet()
                                .containsAll(
                                        Set.of(
                                                "ramcloud_put_over_object_write",
                                                "ramcloud_single_over_raw",
                                                "ramcloud_batch_over_raw"))
                        || err.toString().contains("without ramcloud: EDGEPLEX_RAMCLOUD"),
                err.toString());
        // Where there is a compiler and the library's header.
        assertTrue(
                figures.containsKey("lmdb_over_c") || err.toString().contains("without its c"),
                err.toString());
    }

    @Test
    void aPersonReadsATable() {
        assertEquals(0, run("store", "--engine", "memory", "--seconds", "0.05"), err.toString());
        assertTrue(out.toString().contains("memory_put_all_100_p50 "), out.toString());
        assertTrue(err.toString().contains("bench: get_all_10"), err.toString());
    }

    @Test
    void theHelpSaysWhichFiguresEnterATarget() {
        assertEquals(0, run("store", "--help"));
        String help = out.toString().replaceAll("\\s+", " ");
        for (Target target : StoreBench.targets()) {
            assertTrue(help.contains(target.metric() + " (at most "), help);
            target.parts().forEach(part -> assertTrue(help.contains(part), part));
        }
    }

    @Test
    void aTargetIsTheWorstOfItsPartsAndNothingWithoutOneOfThem() {
        Target target = new Target("slow", 1.5, List.of("first", "second"));
        assertEquals(OptionalDouble.of(2), target.of(Map.of("first", 2.0, "second", 1.0)));
        assertEquals(OptionalDouble.empty(), target.of(Map.of("first", 1.0)));
    }

    @Test
    void mistakesAreExplained() {
        assertEquals(2, run("store", "--engine", "floppy"));
        assertTrue(err.toString().contains("there are: lmdb"), err.toString());
        assertEquals(2, run("store", "--seconds", "0"));
        assertEquals(2, run());
    }

    @Test
    void anEngineThatWasAskedForAndIsNotHereIsAMistake() {
        assumeTrue(System.getenv("EDGEPLEX_RAMCLOUD") == null, "here there is a cluster");
        assertEquals(2, run("store", "--engine", "memory,ramcloud", "--seconds", "0.05"));
        assertTrue(err.toString().contains("EDGEPLEX_RAMCLOUD"), err.toString());
        assertTrue(err.toString().contains("set it to tcp:host=H,port=P"), err.toString());
        assertEquals("", out.toString());
    }

    private int run(String... arguments) {
        return new CommandLine(new BenchCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }
}
