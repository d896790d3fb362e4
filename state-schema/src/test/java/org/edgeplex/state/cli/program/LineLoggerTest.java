package org.edgeplex.state.cli.program;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.event.Level;

class LineLoggerTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final LineLogger logger =
            new LineLogger("org.edgeplex.Thing", Level.INFO, new PrintStream(bytes, true, UTF_8));

    private String said() {
        return bytes.toString(UTF_8);
    }

    @Test
    void aLineHasItsThreadItsLevelAndItsClass() {
        logger.info("{} of {}", 1, "two");
        String expected = " [" + Thread.currentThread().getName() + "] INFO Thing - 1 of two\n";
        assertTrue(said().endsWith(expected), said());
        assertEquals("00:00:00.000Z".length() + expected.length(), said().length());
    }

    @Test
    void whatIsBelowTheLevelIsNotSaid() {
        logger.debug("nothing");
        assertEquals("", said());
    }

    @Test
    void anExceptionHasItsStack() {
        logger.error("failed: {}", "x", new IllegalStateException("why"));
        assertTrue(said().contains("- failed: x\njava.lang.IllegalStateException: why\n"), said());
        assertTrue(said().contains("\tat " + LineLoggerTest.class.getName()), said());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "1970-01-01T00:00:00.000Z, 00:00:00.000Z",
        "2026-11-28T19:04:05.006Z, 19:04:05.006Z",
        "2026-11-28T23:59:59.999Z, 23:59:59.999Z",
        "1969-12-31T23:00:00.001Z, 23:00:00.001Z"
    })
    void theTimeIsThatOfTheDay(String instant, String expected) {
        StringBuilder line = new StringBuilder();
        LineLogger.appendTime(line, Instant.parse(instant).toEpochMilli());
        assertEquals(expected, line.toString());
    }
}
