package org.edgeplex.lab.idle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.edgeplex.lab.cli.EdgePlex;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The whole bench, briefly: in a process of its own, as DPDK wants it.
@Tag("machine")
class IdleProgramTest {
    @Test
    void everyFigureOfAPortIsTold() throws Exception {
        List<String> command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EdgePlex.class.getName(),
                        "bench",
                        "idle",
                        "--json",
                        "--port=af_packet",
                        "--mode=interrupt",
                        "--packets=5");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertEquals(0, process.waitFor(), said);
        Map<String, Double> figures = new HashMap<>();
        for (String line : said.lines().filter(line -> line.startsWith("{")).toList()) {
            JsonNode figure = new JsonMapper().readTree(line);
            figures.put(figure.path("metric").asText(), figure.path("value").asDouble());
        }
        assertTrue(
                figures.keySet()
                        .containsAll(
                                Set.of(
                                        "af_packet_floor_wake_p50",
                                        "af_packet_floor_wake_p99",
                                        "af_packet_interrupt_cpu",
                                        "af_packet_interrupt_cpu_process",
                                        "af_packet_interrupt_wake_p50",
                                        "af_packet_interrupt_wake_p99")),
                said);
        figures.forEach((name, value) -> assertTrue(!name.contains("_wake_") || value > 0, said));
    }
}
