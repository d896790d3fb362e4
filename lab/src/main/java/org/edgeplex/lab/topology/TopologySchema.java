package org.edgeplex.lab.topology;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/// The shape of a topology file, as JSON Schema: which keys there are, and of which type.
final class TopologySchema {
    private static final Schema SCHEMA = load();

    private TopologySchema() {}

    static List<Problem> problems(YamlDocument document) {
        return SCHEMA.validate(document.root()).stream()
                .filter(TopologySchema::isCause)
                .map(error -> problem(document, error))
                .distinct()
                .toList();
    }

    /// A failed `if` says nothing that its `then` does not say better.
    private static boolean isCause(Error error) {
        return !error.getKeyword().equals("if");
    }

    private static Problem problem(YamlDocument document, Error error) {
        String pointer = pointer(error.getInstanceLocation().toString());
        String offender = String.valueOf(error.getProperty());
        String at =
                error.getKeyword().equals("additionalProperties")
                        ? pointer + "/" + YamlDocument.escape(offender)
                        : pointer;
        return document.problem(at, (pointer.isEmpty() ? "" : pointer + ": ") + error.getMessage());
    }

    private static String pointer(String location) {
        return location.startsWith("/") ? location : "";
    }

    private static Schema load() {
        try (InputStream in = TopologySchema.class.getResourceAsStream("topology.schema.json")) {
            String text =
                    new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(text, InputFormat.JSON);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
