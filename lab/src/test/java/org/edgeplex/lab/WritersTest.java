package org.edgeplex.lab;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.edgeplex.state.Tables;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A program writes no table whose declared writer is another: by what stands in its sources.
final class WritersTest {
    private static final Pattern WRITE =
            Pattern.compile(
                    "[wW]riter\\(?\\)?\\s*\\.(?:put|putIfAbsent|replace|remove|toPut|toRemove)\\("
                            + "\\s*(?:Tables\\.)?([A-Z][A-Z_]+)\\b");

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "cvm, CVM, LABEL_BINDINGS",
        "pvm-control, PVM control, CUSTOMER_ROUTES",
        "pvm-dataplane, data plane, DATAPLANE_COUNTERS",
        "platform-controller, controller, SESSIONS",
    })
    void writesOnlyWhatItIsDeclaredToWrite(String module, String program, String written)
            throws IOException {
        Set<String> tables = written(Path.of("..", module, "src/main/java"));
        assertTrue(tables.contains(written), tables.toString());
        List<String> others =
                tables.stream()
                        .filter(table -> !writer(table).contains(program))
                        .map(table -> table + " is written by: " + writer(table))
                        .toList();
        assertTrue(others.isEmpty(), others.toString());
    }

    private static String writer(String table) {
        return Tables.named(table.toLowerCase(Locale.ROOT)).orElseThrow().writer();
    }

    private static Set<String> written(Path sources) throws IOException {
        Set<String> tables = new TreeSet<>();
        try (Stream<Path> files = Files.walk(sources)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
                WRITE.matcher(Files.readString(file))
                        .results()
                        .forEach(match -> tables.add(match.group(1)));
            }
        }
        return tables;
    }
}
