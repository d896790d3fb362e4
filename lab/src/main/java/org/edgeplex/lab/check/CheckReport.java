package org.edgeplex.lab.check;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// The results of a run, for people and for machines.
public record CheckReport(List<CheckResult> results) {
    private static final JsonMapper JSON = new JsonMapper();

    public CheckReport {
        results = List.copyOf(results);
    }

    public boolean allPassed() {
        return !results.isEmpty() && results.stream().allMatch(CheckResult::passed);
    }

    public String table() {
        StringBuilder table = new StringBuilder();
        for (CheckResult result : results) {
            Measurement found = result.measurement();
            table.append(
                    "%-6s  %-26s %10s %-14s %s%n"
                            .formatted(
                                    result.passed() ? "passed" : "FAILED",
                                    result.check().name(),
                                    number(found.value()),
                                    found.unit(),
                                    found.remark().isEmpty()
                                            ? result.check().description()
                                            : found.remark().lines().findFirst().orElse("")));
        }
        long passed = results.stream().filter(CheckResult::passed).count();
        return table + "%n%d of %d checks passed%n".formatted(passed, results.size());
    }

    public void writeJson(Path file) {
        ObjectNode root = JSON.createObjectNode();
        ArrayNode checks = root.putArray("checks");
        for (CheckResult result : results) {
            checks.addObject()
                    .put("name", result.check().name())
                    .put("result", result.passed() ? "passed" : "failed")
                    .put("value", result.measurement().value())
                    .put("unit", result.measurement().unit())
                    .put("description", result.check().description())
                    .put("remark", result.measurement().remark())
                    .put("seconds", result.took().toMillis() / 1000.0);
        }
        try {
            Files.writeString(
                    file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String number(double value) {
        return value == Math.rint(value)
                ? Long.toString((long) value)
                : String.format(Locale.ROOT, "%.2f", value);
    }
}
