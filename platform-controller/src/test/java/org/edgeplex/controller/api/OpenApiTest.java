package org.edgeplex.controller.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenApiTest {
    private static final List<String> METHODS = List.of("get", "post", "put", "delete", "patch");

    @TempDir private Path directory;

    @Test
    void theDocumentDescribesExactlyTheRoutes() throws IOException {
        TreeSet<String> described = new TreeSet<>();
        TreeSet<String> open = new TreeSet<>();
        for (var path : document().get("paths").properties()) {
            for (var operation : path.getValue().properties()) {
                if (METHODS.contains(operation.getKey())) {
                    String name = operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey();
                    described.add(name);
                    if (operation.getValue().has("security")) {
                        open.add(name);
                    }
                }
            }
        }
        TreeSet<String> served = new TreeSet<>();
        TreeSet<String> servedOpen = new TreeSet<>();
        try (ApiFixture api = new ApiFixture(directory)) {
            for (Router.Route route : api.router().routes()) {
                served.add(route.method() + " " + route.template());
                if (route.open()) {
                    servedOpen.add(route.method() + " " + route.template());
                }
            }
        }
        assertEquals(served, described);
        assertEquals(servedOpen, open);
    }

    @Test
    void everyReferenceLeadsSomewhere() throws IOException {
        JsonNode document = document();
        List<JsonNode> references = document.findValues("$ref");
        assertTrue(references.size() > 20);
        for (JsonNode reference : references) {
            String pointer = reference.asText().substring(1);
            assertTrue(!document.at(pointer).isMissingNode(), pointer);
        }
    }

    private static JsonNode document() throws IOException {
        try (InputStream in = ApiServer.class.getResourceAsStream("openapi.yaml")) {
            return new YAMLMapper().readTree(Objects.requireNonNull(in));
        }
    }
}
