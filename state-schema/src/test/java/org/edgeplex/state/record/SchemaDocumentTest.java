package org.edgeplex.state.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.edgeplex.state.Table;
import org.edgeplex.state.Tables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// `SCHEMA.md` says of every table what the code says.
class SchemaDocumentTest {
    private static final Path DOCUMENT = Path.of("SCHEMA.md");
    private static final Pattern HEADING = Pattern.compile("(?m)^## (\\d+ \\w+)$");
    private static final String NETWORK_VALUES = "org.edgeplex.net";

    static List<Sample<?, ?>> samples() {
        return Sample.all();
    }

    @Test
    void itHasEveryTableInOrderAndNoOther() throws IOException {
        assertEquals(
                Tables.all().stream().map(SchemaDocumentTest::heading).toList(),
                HEADING.matcher(Files.readString(DOCUMENT))
                        .results()
                        .map(match -> match.group(1))
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void itHasWriterAndFieldsOfEveryTable(Sample<?, ?> sample) throws IOException {
        Table<?, ?> table = sample.table();
        String section = section(table);
        contains(section, "| writer | " + table.writer() + " |");
        contains(section, "| stale reads | " + (table.staleReads() ? "yes" : "no") + " |");
        contains(section, "| mode | " + table.mode().word() + " |");
        contains(section, "| size | ");
        for (String field : fields(sample.value())) {
            contains(section, "`" + field + "`");
        }
        if (sample.key() instanceof Record && !isNetworkValue(sample.key())) {
            for (String field : fields(sample.key())) {
                contains(section, "`" + field + "`");
            }
        }
    }

    private static List<String> fields(Object composed) {
        List<String> fields = new ArrayList<>();
        for (RecordComponent component : composed.getClass().getRecordComponents()) {
            // The document names its type only.
            if (!component.getName().equals("as")) {
                fields.add(component.getName());
            }
        }
        return fields;
    }

    private static boolean isNetworkValue(Object value) {
        return value.getClass().getPackageName().equals(NETWORK_VALUES);
    }

    private static String section(Table<?, ?> table) throws IOException {
        String document = Files.readString(DOCUMENT);
        List<MatchResult> headings = HEADING.matcher(document).results().toList();
        for (int i = 0; i < headings.size(); i++) {
            if (headings.get(i).group(1).equals(heading(table))) {
                int end = i + 1 < headings.size() ? headings.get(i + 1).start() : document.length();
                return document.substring(headings.get(i).start(), end);
            }
        }
        throw new AssertionError("SCHEMA.md has no section of " + table);
    }

    private static String heading(Table<?, ?> table) {
        return table.id().number() + " " + table.id().name();
    }

    private static void contains(String section, String text) {
        assertTrue(section.contains(text), () -> "not in SCHEMA.md: " + text + "\n" + section);
    }
}
