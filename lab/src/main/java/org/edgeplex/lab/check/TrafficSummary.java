package org.edgeplex.lab.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Optional;
import org.edgeplex.lab.machine.CommandFailedException;

/// What `edgeplex traffic loop --json` said at its end. Times are those of one way.
///
/// @param gapMillis the longest silence on arrival
/// @param outageMillis the longest time in which all that was sent was lost
record TrafficSummary(
        long sent,
        long received,
        long reordered,
        long duplicated,
        double gapMillis,
        double outageMillis,
        double p50Millis,
        double p99Millis) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String KIND = "traffic";
    private static final double MICROS_PER_MILLI = 1e3;

    long lost() {
        return sent - received;
    }

    /// Whether all that was sent came once and in order.
    boolean isWhole() {
        return sent > 0 && lost() == 0 && reordered == 0 && duplicated == 0;
    }

    /// @throws CommandFailedException if it did not come to its end
    static TrafficSummary parse(String output) {
        JsonNode total =
                output.lines()
                        .flatMap(line -> line(line, "total").stream())
                        .findFirst()
                        .orElseThrow(() ->
                                new CommandFailedException(
                                        "the traffic generator said no figures: "
                                                + output.strip()));
        return new TrafficSummary(
                total.path("sent").asLong(),
                total.path("received").asLong(),
                total.path("reordered").asLong(),
                total.path("duplicated").asLong(),
                total.path("gap_ms").asDouble(),
                total.path("outage_ms").asDouble(),
                total.path("p50_us").asDouble() / MICROS_PER_MILLI,
                total.path("p99_us").asDouble() / MICROS_PER_MILLI);
    }

    /// How many packets had come when it last told its progress.
    static long receivedSoFar(String output) {
        return output.lines()
                .flatMap(line -> line(line, "progress").stream())
                .mapToLong(progress -> progress.path("received").asLong())
                .reduce(0, (_, latest) -> latest);
    }

    /// Between its lines DPDK has its say, and the last one may not be whole yet.
    private static Optional<JsonNode> line(String line, String kind) {
        if (!line.startsWith("{") || !line.endsWith("}")) {
            return Optional.empty();
        }
        try {
            JsonNode node = JSON.readTree(line);
            return node.path(KIND).asText().equals(kind) ? Optional.of(node) : Optional.empty();
        } catch (JsonProcessingException _) {
            return Optional.empty();
        }
    }
}
