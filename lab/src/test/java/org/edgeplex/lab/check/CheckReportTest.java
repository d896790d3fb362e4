package org.edgeplex.lab.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.edgeplex.lab.machine.CommandFailedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CheckReportTest {
    @TempDir Path directory;

    private static final Check GOOD =
            new Check("ping-red", "200 packets", () -> Measurement.of(true, 0, "lost"));
    private static final Check BAD =
            new Check("tcp-red", "TCP", () -> Measurement.of(false, 1.25, "Mbit/s"));
    private static final Check BROKEN =
            new Check(
                    "kill-cvm",
                    "CVM killed",
                    () -> {
                        throw new CommandFailedException("no process");
                    });

    @Test
    void allPassedOnlyWhenEachDid() {
        assertTrue(report(GOOD).allPassed());
        assertFalse(report(GOOD, BAD).allPassed());
        assertFalse(report().allPassed());
    }

    @Test
    void aMeasurementThatCannotBeTakenHasFailed() {
        CheckResult result = CheckResult.of(BROKEN);

        assertFalse(result.passed());
        assertEquals("no process", result.measurement().remark());
    }

    @Test
    void theTableNamesEveryCheckAndCountsThem() {
        String table = report(GOOD, BAD, BROKEN).table();

        assertTrue(table.contains("passed  ping-red"), table);
        assertTrue(table.contains("FAILED  tcp-red"), table);
        assertTrue(table.contains("1.25 Mbit/s"), table);
        assertTrue(table.contains("1 of 3 checks passed"), table);
    }

    @Test
    void machinesReadTheSame() throws IOException {
        Path file = directory.resolve("out.json");

        report(GOOD, BAD).writeJson(file);

        JsonNode checks = new JsonMapper().readTree(file.toFile()).path("checks");
        assertEquals(2, checks.size());
        assertEquals("ping-red", checks.path(0).path("name").asText());
        assertEquals("passed", checks.path(0).path("result").asText());
        assertEquals("failed", checks.path(1).path("result").asText());
        assertEquals(1.25, checks.path(1).path("value").asDouble());
        assertEquals("Mbit/s", checks.path(1).path("unit").asText());
    }

    private static CheckReport report(Check... checks) {
        return new CheckReport(List.of(checks).stream().map(CheckResult::of).toList());
    }
}
